package import AssayCore

/// Validation and comparison over one pass: each record is decoded once.
package struct Check {
  private let request: ValidationRequest
  private let reference: String
  private let referenceProfile: Profile
  private let comparison: Comparison
  private let schema: RunSchema
  private let overlap: OverlapRun

  /// Reads schema, reference and plugins. Throws before any data is read.
  package init(_ request: ValidationRequest, reference: String, referenceIndex: String? = nil) throws {
    self.request = request
    self.reference = reference
    referenceProfile = try ProfileFile.read(reference)
    schema = try RunSchema(
      path: request.schemaPath, environment: request.environment, plugins: request.plugins,
      isolation: request.ingest.isolation)
    overlap = try schema.overlap(indexPath: referenceIndex, request.ingest, today: request.today)
    let host = try request.plugins.host(request.ingest.isolation)
    comparison = try Comparison(host: host, plan: ComparisonPlan(schema.schema.drift, today: request.today))
  }

  package func run() throws -> CheckReport {
    let known = ProfiledSet(name: reference, profile: referenceProfile)
    var request = request
    request.partition = referenceProfile.configuration.partition
    let (validation, set) = try Validation(request, schema).run(overlap: overlap.currentPass(known))
    let current = set ?? ProfiledSet(name: validation.accounts.name, profile: Profile())
    var report = try ComparisonRun.report(comparison, known, current)
    report.add(try overlap.report(known, current))
    report.allowsEmpty = request.allowsEmpty
    // The validation says it already.
    report.current.accounts = nil
    return CheckReport(validation: validation, comparison: report, profile: current.profile)
  }
}

/// Both answers of a check.
package struct CheckReport: Sendable {
  package var validation: ValidationReport
  package var comparison: ComparisonReport
  package var profile: Profile

  package func text() -> String { validation.text() + "\n" + comparison.text() }

  /// One JSON object with both reports.
  package func json() -> String {
    let value: JSONValue = [
      "assay_report": 1, "command": "check", "validation": validation.jsonValue,
      "comparison": comparison.jsonValue,
    ]
    return value.reportText
  }
}
