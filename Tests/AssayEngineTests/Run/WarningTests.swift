import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// What warns though no rule is violated.
struct WarningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validate(
    _ schema: String, rows: String = "{\"id\": 7}\n{\"id\": 7}\n", today: String? = nil
  ) throws -> ValidationReport {
    let path = try folder.write(rows, to: "rows.jsonl")
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([path])))
    request.schemaPath = try folder.write("assay: 1\nmanifest: {id: id}\n\(schema)\n", to: "schema.yaml")
    request.today = today
    return try Validation(request).run().report
  }

  @Test func aRepeatedKeyWarns() throws {
    let report = try validate("fields: {id: {type: integer}}")
    #expect(report.verdict == .warn)
    #expect(report.sentence.hasPrefix("WARN") && report.sentence.hasSuffix("1 thing to look at"))
  }

  @Test(arguments: [
    ("{max: 1}", Verdict.pass), ("{max: 0}", .fail), ("{max: 0, severity: warn}", .warn),
    ("{max: 0, severity: info}", .pass),
  ])
  func aRuleAboutRepeatedKeysDecides(bound: String, verdict: Verdict) throws {
    let report = try validate("fields: {id: {type: integer}}\nrecords: {duplicate_keys: \(bound)}")
    #expect(report.verdict == verdict)
  }

  @Test func aRuleWithAnAllowanceWarnsOfNothingItAllows() throws {
    let report = try validate(
      "fields: {id: {type: integer, max: 7, severity: warn, allow: 50%}}", rows: "{\"id\": 7}\n{\"id\": 8}\n")
    #expect(report.verdict == .pass && !report.counts.remarks.isEmpty)
  }

  @Test(arguments: [("2026-06-30", Verdict.pass), ("2026-07-01", .warn)])
  func aRuleThatHoldsAndIsOutOfDateIsAWarning(today: String, verdict: Verdict) throws {
    let report = try validate(
      "fields: {id: {type: integer, max: {value: 9, until: 2026-06-30}}}", rows: "{\"id\": 7}\n", today: today
    )
    #expect(report.verdict == verdict)
    #expect(report.notices.contains { $0.kind.code == "rule.expired" } == (verdict == .warn))
    #expect(report.text().contains("was to hold until 2026-06-30") == (verdict == .warn))
  }
}
