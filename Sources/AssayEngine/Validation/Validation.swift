import AssayCore
import AssayIngest

/// What `validate` is asked.
package struct ValidationRequest: Sendable {
  package var ingest: IngestOptions
  package var recordsPath: String?
  package var rejectsPath: String?
  /// Whether an empty dataset passes.
  package var allowEmpty = false

  package init(ingest: IngestOptions) { self.ingest = ingest }
}

/// Answers "is this data what we declared?" in one pass.
package struct Validation {
  private let request: ValidationRequest

  package init(_ request: ValidationRequest) { self.request = request }

  /// Runs to the end and judges. Artefacts are written whatever the verdict is.
  package func run() throws -> ValidationReport {
    let tally = RecordTally()
    let sinks = try [
      request.recordsPath.map { try RowSink(path: $0, rows: .all) },
      request.rejectsPath.map { try RowSink(path: $0, rows: .rejected) },
    ].compactMap { $0 }
    let summary = try IngestRun(request.ingest, consumers: [tally] + sinks).run()
    for sink in sinks { try sink.commit() }
    return ValidationReport(
      sources: summary.sources, counts: tally.counts, isolation: summary.isolation,
      allowsEmpty: request.allowEmpty)
  }
}

/// Counts what became of the records.
final class RecordTally: RecordConsumer {
  private(set) var counts = RecordCounts()

  func consume(_ observation: Observation) { counts.observe(observation) }
}
