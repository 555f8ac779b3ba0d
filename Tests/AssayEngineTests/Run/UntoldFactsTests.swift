import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Values that nobody asks for stay in the workers, and no report differs by it.
struct UntoldFactsTests {
  /// With each kind of rule that is judged by more than what decoders say of a record, and without.
  private static let setRules = [
    "records: {count: {min: 1}, corrupt: {max: 1}, duplicates: {max: 1%}}",
    "fields: {folder: {type: string, share: {a: {min: 60%}}}}",
    "records: {count: {min: 1}}\nfields: {folder: {unique: true}}",
    "\(roles)\nmetrics: {accuracy: {min: 1%}}",
    "\(roles)\nmetrics: {stability: {pairs: folder, agree: {min: 90%}}}",
  ]

  private static let roles = """
    fields: {folder: {type: string}, label: {type: string}}
    roles: {label: label, prediction: folder}
    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func tree() throws -> String {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    try folder.write(Array(SmallSet.image(1, seed: 1).dropLast(20)), to: "tree/broken.jpg")
    try folder.write(Array("RIFF\0\0\0\0WEBPVP8 ".utf8), to: "tree/other.webp")
    try folder.write(SmallSet.image(2, seed: 7), to: "tree/twice.jpg")
    return tree
  }

  private func report(_ schema: String, records: String?) throws -> String {
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([try tree()])))
    request.schemaPath = try folder.write(
      "assay: 1\nimages: {image: {width: {max: 40}, brightness: {min: 0.3}}}\n" + schema, to: "s.yaml")
    request.recordsPath = records.map(folder.path)
    return try Validation(request).run().report.text()
  }

  @Test(arguments: setRules)
  func theReportIsTheSameWhetherRowsAreWrittenOrNot(schema: String) throws {
    let told = try report(schema, records: "rows.jsonl")
    #expect(try report(schema, records: nil) == told)
    #expect(told.contains("unsupported (webp)"))
  }

  /// Takes records, and says whether it looks at their values.
  private final class Reader: RecordConsumer {
    let needsFacts: Bool
    private(set) var observations: [Observation] = []

    init(needsFacts: Bool) { self.needsFacts = needsFacts }

    func consume(_ observation: Observation, from item: WorkItem) { observations.append(observation) }
  }

  private func observed(_ readers: [Reader]) throws {
    let options = IngestOptions(sources: try SourceArgument.parse([try tree()]))
    _ = try IngestRun(options, consumers: readers).run()
  }

  @Test func oneConsumerThatAsksIsEnough() throws {
    let readers = [Reader(needsFacts: false), Reader(needsFacts: true)]
    try observed(readers)
    #expect(readers[0].observations == readers[1].observations)
    #expect(readers[0].observations.contains { !$0.fields.isEmpty })
  }

  @Test func withoutOneOnlyWhatIsNotWholeIsTold() throws {
    let reader = Reader(needsFacts: false)
    try observed([reader])
    let images = reader.observations.flatMap(\.images)
    #expect(images.allSatisfy { ($0.outcome == .ok) == $0.features.isEmpty })
    #expect(images.contains { $0.outcome == .unsupported && $0.formatName == "webp" })
    #expect(reader.observations.allSatisfy { $0.fields.isEmpty && $0.recordDigest.count == 32 })
  }
}
