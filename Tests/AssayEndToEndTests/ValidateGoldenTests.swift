import AssayTestSupport
import Foundation
import Testing

/// What `validate` prints, to the byte, on a small set in which everything goes wrong once.
struct ValidateGoldenTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  private static let schema = """
    assay: 1
    dataset: forged
    images:
      image:
        formats: [jpeg]
        width: {max: 40, severity: warn, because: "the model was trained on small ones", owner: vision}
        color: {value: color, allow: 10%}
    fields:
      n: {type: integer, max: 12}
      camera: {type: string, values: [c0, c1, c2, c3]}
    records:
      count: {min: 10}
    invariants:
      - {id: not-flat, assert: "image.contrast > 0.01"}
    """

  /// Runs in the folder of the set, so that the report names no path of this machine.
  private func output(_ arguments: [String]) throws -> (status: Int32, text: String) {
    let folder = try TemporaryFolder()
    try folder.write(SmallSet.members(), to: "set")
    let pixels = ImageForge.scene(width: 120, height: 90, channels: 3, seed: 1)
    let whole = ImageForge.jpeg(JPEGRecipe(width: 120, height: 90, pixels: pixels))
    try folder.write(Array(whole.dropLast(whole.count / 2)), to: "set/z/truncated.jpg")
    try folder.write([UInt8](), to: "set/z/empty.jpg")
    try folder.write(Array("GIF89a".utf8) + [10, 0, 10, 0, 0, 0, 0], to: "set/z/moving.gif")
    try folder.write(Array("{broken".utf8), to: "set/a/000.json")
    try folder.write(Array("# notes".utf8), to: "set/README.md")
    try folder.write(Array(Self.schema.utf8), to: "schema.yaml")
    let run = try Assay.run(arguments, in: folder.url)
    // What is in force depends on the kernel; another test looks at it.
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    return (run.status, lines.filter { !$0.hasPrefix("  workers") }.joined(separator: "\n"))
  }

  private func mismatch(_ text: String, _ name: String) -> String? {
    Golden.mismatch(Array(text.utf8), path: Self.golden.appendingPathComponent(name).path)
  }

  @Test func textWithSchema() throws {
    let (status, text) = try output(["validate", "set", "--schema", "schema.yaml"])
    #expect(status == 1)
    #expect(mismatch(text, "validate-schema.txt") == nil)
  }

  @Test func textWithoutSchema() throws {
    let (status, text) = try output(["validate", "set"])
    #expect(status == 1)
    #expect(mismatch(text, "validate-integrity.txt") == nil)
  }

  @Test func json() throws {
    let (status, text) = try output(["validate", "set", "--schema", "schema.yaml", "--format", "json"])
    #expect(status == 1)
    let report = text.components(separatedBy: "\n  \"isolation\"")[0]
    #expect(mismatch(report, "validate-schema.json") == nil)
  }

  @Test func rejects() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(SmallSet.members().prefix(6)), to: "set")
    try folder.write(Self.schema, to: "schema.yaml")
    let run = try Assay.run(
      ["validate", "set", "--schema", "schema.yaml", "--rejects", "rejects.jsonl", "--fail-on", "never"],
      in: folder.url)
    #expect(run.status == 0)
    #expect(mismatch(try folder.text("rejects.jsonl"), "validate-rejects.jsonl") == nil)
  }
}
