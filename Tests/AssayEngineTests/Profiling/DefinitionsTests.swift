import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Profiles that different schemas read are of different things under equal names.
struct DefinitionsTests {
  private static let schema = """
    assay: 1
    fields: {n: {type: integer}, who: {privacy: dropped}}
    slices: [{name: low, where: "n < 5"}]
    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func profile(_ rows: Range<Int>, _ schema: String?, timeField: String? = nil) throws -> Profile {
    let table = ["n,who,ts"] + rows.map { "\($0),x\($0),2026-01-01T00:00:00Z" }
    let path = try folder.write(table.joined(separator: "\n") + "\n", to: "t.csv")
    var options = IngestOptions(sources: try SourceArgument.parse([path]))
    let file = try schema.map { try folder.write($0 + "\n", to: "s.yaml") }
    try RunSchema(path: file, environment: nil, plugins: PluginSearch()).apply(to: &options)
    options.reading.timeField = timeField
    return try Profiling(options).run().profile
  }

  @Test(arguments: [
    ("n < 5", "n < 6"), ("type: integer", "type: number"), ("{privacy: dropped}", "{privacy: no_pii}"),
    (", who: {privacy: dropped}", ""), ("slices: [{name: low, where: \"n < 5\"}]", "slices: [{by: n}]"),
  ])
  func otherDefinitionsDoNotMerge(old: String, new: String) throws {
    let other = Self.schema.replacing(old, with: new)
    #expect(other != Self.schema)
    var merged = try profile(0..<10, Self.schema)
    let part = try profile(10..<20, other)
    #expect(throws: ProfileMergeError.self) { try merged.merge(part) }
  }

  @Test func neitherDoOtherTimes() throws {
    var merged = try profile(0..<10, Self.schema, timeField: "ts")
    let part = try profile(10..<20, Self.schema, timeField: "n")
    #expect(throws: ProfileMergeError.self) { try merged.merge(part) }
  }

  @Test func whatOnlyJudgesChangesNothing() throws {
    let bounded = Self.schema.replacing("{type: integer}", with: "{type: integer, min: 3, severity: warn}")
    var merged = try profile(0..<10, Self.schema)
    try merged.merge(try profile(10..<20, bounded))
    #expect(merged.encoded() == (try profile(0..<20, Self.schema)).encoded())
    #expect(try Profile(decoding: merged.encoded()).configuration == merged.configuration)
  }

  @Test func withoutASchemaNothingIsWritten() throws {
    let text = String(decoding: try profile(0..<3, nil).encoded(), as: UTF8.self)
    #expect(!text.contains("\"definitions\""))
  }
}
