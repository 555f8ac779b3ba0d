import AssayTestSupport
import Foundation
import Testing

/// `compare --join` as its users run it.
struct SkewCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for number in 0..<8 {
      try folder.write(ForgedPicture(seed: UInt64(number)).jpeg(), to: "train/\(number).jpg")
      try folder.write(
        ForgedPicture(seed: UInt64(number)).jpeg(quality: number == 3 ? 40 : 90), to: "serve/\(number).jpg")
    }
    try folder.write("assay: 1\ndrift: {skew: {max: 0}}\n", to: "schema.yaml")
  }

  private func run(_ arguments: [String]) throws -> Assay.Run { try Assay.run(arguments, in: folder.url) }

  @Test func skewIsToldBesideDrift() throws {
    let run = try run(["compare", "train", "serve", "--join", "key"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("skew      8 records matched by key"), "\(run.output)")
    #expect(run.output.contains("image.jpeg_quality       1 of 8 disagree"), "\(run.output)")
    #expect(run.output.contains("  - 3.jpg: 90 -> 40"), "\(run.output)")
  }

  @Test func aRuleOfTheSchemaFails() throws {
    let run = try run(["compare", "train", "serve", "--join", "key", "--schema", "schema.yaml"])
    #expect(run.status == 1 && run.output.contains("[drift.skew]"), "\(run.output)\(run.errors)")
  }

  @Test func theJSONHasEveryFeature() throws {
    let run = try run(["compare", "train", "serve", "--join", "key", "--format", "json"])
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let skew = try #require(report["skew"] as? [String: Any])
    #expect(skew["matched"] as? Int == 8)
    #expect((skew["features"] as? [Any] ?? []).count > 40)
  }

  @Test func aProfileIsRefused() throws {
    _ = try run(["profile", "train", "-o", "train.json"])
    let run = try run(["compare", "train.json", "serve", "--join", "key"])
    #expect(run.status == 2 && run.errors.contains("train.json: --join matches records one by one"))
  }

  @Test(arguments: [["compare", "train.json", "serve"], ["check", "serve", "--reference", "train.json"]])
  func aRuleWithoutAJoinIsSaidNotToBeJudged(arguments: [String]) throws {
    _ = try run(["profile", "train", "-o", "train.json"])
    let run = try run(arguments + ["--schema", "schema.yaml"])
    #expect(run.output.contains("warn   drift.skew  [drift.skew-not-judged]"), "\(run.output)\(run.errors)")
    #expect(!run.output.contains("matched by"))
  }

  @Test(arguments: [
    ["compare", "--references", "serve", "--schema", "schema.yaml", "--join", "key"],
    ["check", "serve", "--schema", "schema.yaml", "--reference", "train.json", "--join", "key"],
    ["compare", "train", "serve", "--join", ""],
  ])
  func aJoinThatCannotBeIsRefused(arguments: [String]) throws {
    let run = try run(arguments)
    #expect(run.status != 0 && run.status != 1 && run.errors.contains("--join"), "\(run.errors)")
  }

  @Test(arguments: ["drift.skew", "drift.skew-not-judged"])
  func theFindingsAreExplained(code: String) throws {
    let run = try run(["explain", code])
    #expect(run.status == 0 && run.output.contains("--join"), "\(run.errors)")
  }
}
