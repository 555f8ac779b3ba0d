import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// A file of records is judged again as if its images had been decoded.
struct RejudgeTests {
  private static let schema = """
    assay: 1
    images: {image: {formats: [jpeg], width: {max: 40}}}
    fields:
      n: {type: integer, max: 12}
      camera: {privacy: {masked: sha256}}
    invariants: [{id: bright, assert: "image.brightness > 0.2"}]
    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validate(_ source: String, records: String) throws -> ValidationReport {
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([source])))
    request.schemaPath = try folder.write(Self.schema, to: "schema.yaml")
    request.recordsPath = folder.path(records)
    return try Validation(request).run().report
  }

  @Test func rowsAndVerdictsAreTheSameAsWithDecoding() throws {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    try folder.write(Array(SmallSet.image(1, seed: 1).dropLast(20)), to: "tree/broken.jpg")
    let decoded = try validate(tree, records: "first.jsonl")
    let again = try validate(folder.path("first.jsonl"), records: "second.jsonl")
    #expect(try folder.text("first.jsonl") == folder.text("second.jsonl"))
    #expect(again.rules.map(\.verdict) == decoded.rules.map(\.verdict))
    #expect(again.rules.map(\.violated) == decoded.rules.map(\.violated))
    #expect(again.counts.outcomes == decoded.counts.outcomes)
  }

  @Test func noPrivateValueIsInTheRows() throws {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    _ = try validate(tree, records: "rows.jsonl")
    let text = try folder.text("rows.jsonl")
    #expect(text.contains("\"private\":{\"camera\":"))
    #expect(!text.contains("\"c1\""))
  }
}
