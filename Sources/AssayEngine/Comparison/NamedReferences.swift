import AssayCore

/// The references that a schema names, read and ready to be compared with.
///
/// The rate of false alarms is that of all together: each reference has an equal part of it, which holds whatever the
/// references have to do with each other (Bonferroni's inequality).
struct NamedReferences {
  private let references: [(declaration: DriftReference, set: ProfiledSet, comparison: Comparison)]
  /// How many of several current sets have to alarm; nil where the schema does not say.
  let alarmOn: AlarmRule?

  /// Throws where the schema names none, one cannot be read, or two of its profiles cannot be added.
  init(_ schema: RunSchema, _ plugins: PluginSearch, _ ingest: IngestOptions, today: String?) throws {
    let drift = schema.schema.drift
    guard !drift.references.isEmpty else {
      throw ConfigurationError(
        "\(schema.path ?? "no schema"): expected something to compare with in drift.references, such as "
          + "references: {training: {profile: train.profile.json}}")
    }
    let host = try plugins.host(ingest.isolation)
    alarmOn = drift.alarmOn
    references = try drift.references.map { reference in
      var plan = ComparisonPlan(schema.schema, today: today, reference: reference.name)
      plan.rate = plan.rate.shared(by: drift.references.count)
      return (reference, try Self.profiled(reference, ingest.hashKey), try Comparison(host: host, plan: plan))
    }
  }

  private static func profiled(_ reference: DriftReference, _ hashKey: HashKey) throws -> ProfiledSet {
    let merged = try ProfileFile.merge(reference.profiles, hashKey: hashKey, allowingOverlap: false)
    return ProfiledSet(name: reference.profiles.joined(separator: " + "), profile: merged.profile)
  }

  /// How current sources are cut: in groups where a reference is.
  var partition: Partition {
    let partitions = references.map { $0.set.profile.configuration.partition }
    return partitions.first { if case .groups = $0 { true } else { false } } ?? .none
  }

  /// Each of the current sets against each reference. `complete` adds what a report says besides.
  func report(
    _ current: [ProfiledSet], complete: (inout ComparisonReport, ProfiledSet, ProfiledSet) throws -> Void
  ) throws -> ReferencesReport {
    ReferencesReport(
      try references.map { reference in
        let reports = try current.map { set in
          var report = try ComparisonRun.report(reference.comparison, reference.set, set)
          try complete(&report, reference.set, set)
          return report
        }
        return ReferencesReport.Section(
          reference: reference.declaration, series: ComparisonRun.series(reports, of: current, rule: alarmOn))
      })
  }
}
