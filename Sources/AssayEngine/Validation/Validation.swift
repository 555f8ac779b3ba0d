package import AssayCore
import AssayIngest

/// What `validate` is asked.
package struct ValidationRequest: Sendable {
  package var ingest: IngestOptions
  package var schemaPath: String?
  package var environment: String?
  /// Where the schema's plugins are.
  package var plugins = PluginSearch()
  package var recordsPath: String?
  package var rejectsPath: String?
  package var acceptedPath: String?
  /// Whether an empty dataset passes.
  package var allowsEmpty = false
  /// Today as `YYYY-MM-DD`, to say which rules are out of date.
  package var today: String?
  /// Whether to profile as well, for what comes after.
  package var profiles = false
  /// How the profile is cut, where it is by a field.
  package var partition = Partition.none

  package init(ingest: IngestOptions) { self.ingest = ingest }
}

/// Answers "is this data what we declared?" in one pass.
package struct Validation {
  private let request: ValidationRequest
  private let schema: RunSchema

  /// Reads the schema. Throws before any data is read.
  package init(_ request: ValidationRequest) throws {
    let schema = try RunSchema(
      path: request.schemaPath, environment: request.environment, plugins: request.plugins,
      isolation: request.ingest.isolation)
    self.init(request, schema)
  }

  /// With a schema that was read already.
  init(_ request: ValidationRequest, _ schema: RunSchema) {
    self.request = request
    self.schema = schema
  }

  /// Runs to the end and judges. Artefacts are written whatever the verdict is. The set is nil unless the request or the
  /// schema needs a profile. `overlap` sees every record.
  package func run(overlap: OverlapPass? = nil) throws -> (report: ValidationReport, set: ProfiledSet?) {
    var options = request.ingest
    schema.apply(to: &options)
    if case .groups(let field) = request.partition { options.reading.groupField = field }
    overlap?.apply(to: &options)
    let memory = IndexMemory(limit: options.indexMemory)
    let counts = try SetCounts(schema.compiled, memory: memory, keepsIndex: options.indexPath != nil)
    let profiler =
      request.profiles || schema.needsProfile
      ? ProfileConsumer(
        options.profileConfiguration(partition), keepsLocators: request.profiles) : nil
    let sinks = try sinks()
    let accepted = try request.acceptedPath.map { try AcceptedSink(path: $0) }
    var consumers: [any RecordConsumer] = [counts] + sinks
    if let accepted { consumers.append(accepted) }
    if let profiler { consumers.append(profiler) }
    if let overlap { consumers.append(overlap.consumer) }
    let summary = try IngestRun(options, consumers: consumers, memory: memory).run()
    try summary.check(seen: counts.records.seen)
    for sink in sinks { try sink.commit() }
    try accepted?.commit()
    if let path = options.indexPath {
      try counts.writeIndex(
        to: path, decoderSignature: summary.decoderSignature, hashKey: options.hashKey)
    }
    let facts = ProfileFacts(counts: counts, profile: profiler?.profile, join: summary.join)
    let results = RuleJudge(schema.compiled, today: request.today).results(counts.tallies, facts)
    var report = ValidationReport(
      dataset: schema.schema.dataset, schemaPath: schema.path, sources: summary.sources,
      counts: counts.records,
      rules: results, notices: summary.notices + results.compactMap(\.expiry),
      duplicateContents: counts.duplicateContents,
      isolation: summary.isolation,
      allowsEmpty: request.allowsEmpty)
    report.acceptedWithoutRow = accepted?.leftOut
    return (report, profiler.map { ProfiledSet($0, report.accounts) })
  }

  /// Windows cannot be made here: which field has the time is not known.
  private var partition: Partition {
    if case .groups = request.partition { request.partition } else { .none }
  }

  private func sinks() throws(OutputError) -> [RowSink] {
    var sinks: [RowSink] = []
    if let path = request.recordsPath { sinks.append(try RowSink(path: path, rows: .all)) }
    if let path = request.rejectsPath { sinks.append(try RowSink(path: path, rows: .rejected)) }
    return sinks
  }
}
