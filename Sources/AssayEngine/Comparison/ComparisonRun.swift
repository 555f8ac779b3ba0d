package import AssayCore
import AssayIngest
package import AssayPlugins

/// What `compare` is asked.
package struct ComparisonQuestion: Sendable {
  package var reference: SetArgument
  package var current: SetArgument
  package var schemaPath: String?
  package var environment: String?
  package var ingest: IngestOptions
  package var registry: PluginRegistry
  package var requiresPins = false
  /// Whether a side without records is no failure.
  package var allowsEmpty = false

  package init(
    reference: SetArgument, current: SetArgument, ingest: IngestOptions, registry: PluginRegistry
  ) {
    self.reference = reference
    self.current = current
    self.ingest = ingest
    self.registry = registry
  }
}

/// Answers "is this data still like the data we trained on?".
package struct ComparisonRun {
  private let question: ComparisonQuestion
  private let schema: RunSchema

  /// Reads the schema. Throws before any data is read.
  package init(_ question: ComparisonQuestion) throws(SchemaError) {
    self.question = question
    schema = try RunSchema(path: question.schemaPath, environment: question.environment)
  }

  package func run() throws -> ComparisonReport {
    let host = try ComparatorHost(
      registry: question.registry, isolation: question.ingest.isolation, requiresPins: question.requiresPins)
    let comparison = try Comparison(host: host, plan: ComparisonPlan(schema.schema.drift))
    let reference = try question.reference.profiled(question.ingest, schema: schema)
    let current = try question.current.profiled(question.ingest, schema: schema)
    var report = try Self.report(comparison, reference, current)
    report.allowsEmpty = question.allowsEmpty
    return report
  }

  /// Compares two sets under the names a user knows them by.
  static func report(
    _ comparison: Comparison, _ reference: ProfiledSet, _ current: ProfiledSet
  ) throws -> ComparisonReport {
    var notes: [String] = []
    let signatures = (
      reference.profile.configuration.decoderSignature, current.profile.configuration.decoderSignature
    )
    if signatures.0 != signatures.1 {
      notes.append("the two were decoded by decoders that differ (\(signatures.0) and \(signatures.1))")
    }
    if !comparison.plan.isOn { notes.append("the schema says `drift: off`: nothing was compared") }
    if reference.profile.recordCount > 0, reference.profile.fingerprint == current.profile.fingerprint {
      notes.append("both are of the same records")
    }
    return ComparisonReport(
      reference: ComparedSide(reference), current: ComparedSide(current),
      scores: try comparison.scores(reference: reference.profile, current: current.profile), notes: notes,
      incomplete: reference.incomplete + current.incomplete)
  }
}
