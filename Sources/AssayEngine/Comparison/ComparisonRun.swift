package import AssayCore
import AssayIngest
package import AssayPlugins

/// What `compare` is asked.
package struct ComparisonQuestion: Sendable {
  /// A profile, or a source that is profiled on the fly.
  package var reference: String
  package var current: String
  package var schemaPath: String?
  package var environment: String?
  package var ingest: IngestOptions
  package var registry: PluginRegistry
  package var requiresPins = false

  package init(reference: String, current: String, ingest: IngestOptions, registry: PluginRegistry) {
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
    let reference = try side(question.reference)
    let current = try side(question.current)
    return try Self.report(
      comparison, (question.reference, reference.profile), (question.current, current.profile),
      incomplete: reference.incomplete + current.incomplete)
  }

  /// Compares two profiles under the names a user knows them by.
  static func report(
    _ comparison: Comparison, _ reference: (name: String, profile: Profile),
    _ current: (name: String, profile: Profile), incomplete: [String]
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
    if let isolation = comparison.isolation { notes.append("plugins: \(isolation)") }
    return ComparisonReport(
      reference: reference.name, current: current.name, referenceRecords: reference.profile.recordCount,
      currentRecords: current.profile.recordCount,
      scores: try comparison.scores(reference: reference.profile, current: current.profile), notes: notes,
      incomplete: incomplete)
  }

  private func side(_ name: String) throws -> (profile: Profile, incomplete: [String]) {
    if ProfileFile.isProfile(name) { return (try ProfileFile.read(name), []) }
    var options = question.ingest
    options.sources = try SourceArgument.parse([name])
    schema.apply(to: &options)
    let result = try Profiling(options).run()
    return (
      result.profile,
      result.summary.sources.compactMap { source in source.failure.map { "\(source.name): \($0)" } }
    )
  }
}
