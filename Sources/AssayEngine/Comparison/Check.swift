import AssayCore

/// Validation and comparison over one pass: each record is decoded once.
package struct Check {
  /// What the data is compared with.
  private enum Known {
    case profile(ProfiledSet, Comparison)
    case references(NamedReferences)
  }

  private let request: ValidationRequest
  private let known: Known
  private let schema: RunSchema
  private let overlap: OverlapRun

  /// Reads schema, reference and plugins. Throws before any data is read. Without `reference` the schema names what to
  /// compare with.
  package init(_ request: ValidationRequest, reference: String?, referenceIndex: String? = nil) throws {
    self.request = request
    let profile = try reference.map {
      ProfiledSet(name: $0, profile: try ProfileFile.read($0, hashKey: request.ingest.hashKey))
    }
    schema = try RunSchema(
      path: request.schemaPath, environment: request.environment, plugins: request.plugins,
      isolation: request.ingest.isolation)
    overlap = try schema.overlap(indexPath: referenceIndex, request.ingest, today: request.today)
    guard let profile else {
      known = .references(
        try NamedReferences(schema, request.plugins, request.ingest, today: request.today))
      return
    }
    let host = try request.plugins.host(request.ingest.isolation)
    known = .profile(
      profile,
      try Comparison(host: host, plan: ComparisonPlan(schema.schema, today: request.today)))
  }

  package func run() throws -> CheckReport {
    var request = request
    var pass: OverlapPass?
    switch known {
    case .profile(let reference, _):
      request.partition = reference.profile.configuration.partition
      pass = try overlap.currentPass(reference)
    case .references(let references): request.partition = references.partition
    }
    let (validation, set) = try Validation(request, schema).run(overlap: pass)
    let current = set ?? ProfiledSet(name: validation.accounts.name, profile: Profile())
    return CheckReport(
      validation: validation, comparison: try compared(current), profile: current.profile)
  }

  private func compared(_ current: ProfiledSet) throws -> CheckReport.Comparison {
    switch known {
    case .profile(let reference, let comparison):
      var report = try ComparisonRun.report(comparison, reference, current)
      try complete(&report, reference, current)
      return .profile(report)
    case .references(let references): return .references(try references.report([current], complete: complete))
    }
  }

  private func complete(
    _ report: inout ComparisonReport, _ reference: ProfiledSet, _ current: ProfiledSet
  ) throws {
    report.add(try overlap.report(reference, current))
    report.skew = schema.unjoinedSkew(today: request.today)
    report.allowsEmpty = request.allowsEmpty
    // The validation says it already.
    report.current.accounts = nil
  }
}
