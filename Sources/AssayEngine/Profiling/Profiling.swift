package import AssayCore
import AssayIngest

/// What a profiling run came to.
package struct ProfilingResult {
  package var profile: Profile
  package var summary: IngestSummary
  package var counts: RecordCounts
}

/// Profiles sources in one pass, without judging them.
package struct Profiling {
  private let options: IngestOptions
  private let partition: Partition

  package init(_ options: IngestOptions, partition: Partition = .none) {
    self.options = options
    self.partition = partition
  }

  package func run() throws -> ProfilingResult {
    let consumer = ProfileConsumer(partition: partition)
    let tally = try SetCounts(rules: options.reading.rules, indexMemory: options.indexMemory)
    let summary = try IngestRun(options, consumers: [consumer, tally]).run()
    try summary.check(seen: tally.records.seen)
    return ProfilingResult(profile: consumer.profile, summary: summary, counts: tally.records)
  }
}
