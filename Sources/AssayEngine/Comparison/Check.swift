package import AssayCore
package import AssayPlugins

/// Validation and comparison over one pass: each record is decoded once.
package struct Check {
  private let request: ValidationRequest
  private let reference: String
  private let referenceProfile: Profile
  private let comparison: Comparison
  private let schema: RunSchema

  /// Reads schema, reference and plugins. Throws before any data is read.
  package init(
    _ request: ValidationRequest, reference: String, registry: PluginRegistry, requiresPins: Bool
  ) throws {
    self.request = request
    self.reference = reference
    referenceProfile = try ProfileFile.read(reference)
    schema = try RunSchema(path: request.schemaPath, environment: request.environment)
    let host = try ComparatorHost(
      registry: registry, isolation: request.ingest.isolation, requiresPins: requiresPins)
    comparison = try Comparison(host: host, plan: ComparisonPlan(schema.schema.drift))
  }

  package func run() throws -> CheckReport {
    let (validation, profile) = try Validation(request, schema).run()
    let current = profile ?? Profile()
    let report = try ComparisonRun.report(
      comparison, (reference, referenceProfile),
      (request.ingest.sources.map(\.name).joined(separator: ", "), current),
      incomplete: validation.incompleteSources.map { source in
        "\(source.name): \(source.failure ?? "entries do not add up")"
      })
    return CheckReport(validation: validation, comparison: report, profile: current)
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
    var writer = JSONWriter(indentation: 2)
    writer.value([
      "assay_report": 1, "command": "check", "validation": validation.jsonValue,
      "comparison": comparison.jsonValue,
    ])
    writer.lineBreak()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
