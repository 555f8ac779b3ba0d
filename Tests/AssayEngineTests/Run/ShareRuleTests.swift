import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

/// Rules about shares are judged by exact counts, however many values there are.
struct ShareRuleTests {
  private func result(_ field: String, _ bounds: String, rows: [String]) throws -> RuleResult {
    let folder = try TemporaryFolder()
    let csv = try folder.write((["id"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([csv])))
    request.schemaPath = try folder.write(
      "assay: 1\nfields: {id: {\(field)share: {\(bounds)}}}\n", to: "schema.yaml")
    let rules = try Validation(request).run().report.rules
    return try #require(rules.first { $0.code == .featureShare })
  }

  private static let many = (0..<9000).map { "name-\($0)" }

  @Test func amongThousandsOfValuesTheCountIsExact() throws {
    let result = try result("type: string, ", "name-7: {max: 1 records}", rows: Self.many)
    #expect(result.verdict == .pass && result.found == "1 of 9000")
  }

  @Test func aValueThatIsANumberIsCounted() throws {
    #expect(try result("type: integer, ", "7: {min: 50%}", rows: ["7", "7", "8"]).found == "2 of 3")
  }

  @Test func whatNoRecordHasIsNotJudged() throws {
    let result = try result("", "a: {min: 1%}", rows: [])
    #expect(!result.isJudged && result.verdict == .fail)
  }
}
