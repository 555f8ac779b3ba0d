package import AssayCore
import AssayIngest

/// What a profiling run came to.
package struct ProfilingResult {
  package var profile: Profile
  package var summary: IngestSummary
  package var counts: RecordCounts
  /// Where the sampled records are.
  package var locators: SampleLocators

  /// What became of everything that the run met.
  package var accounts: RunAccounts { RunAccounts(counts, summary.sources) }

  /// The set under the name of its sources.
  package var set: ProfiledSet {
    ProfiledSet(name: accounts.name, profile: profile, accounts: accounts, locators: locators)
  }
}

/// Profiles sources in one pass, without judging them.
package struct Profiling {
  private let options: IngestOptions
  private let partition: Partition
  private let keepsLocators: Bool

  /// With `keepsLocators` the result knows where the sampled records are.
  package init(_ options: IngestOptions, partition: Partition = .none, keepsLocators: Bool = false) {
    self.options = options
    self.partition = partition
    self.keepsLocators = keepsLocators
  }

  /// Runs to the end; `others` see every record too.
  package func run(besides others: [any RecordConsumer] = []) throws -> ProfilingResult {
    let consumer = ProfileConsumer(
      options.profileConfiguration(partition), keepsLocators: keepsLocators)
    let memory = IndexMemory(limit: options.indexMemory)
    let tally = try SetCounts(
      CompiledSchema(recordRules: options.reading.rules), memory: memory, keepsIndex: options.indexPath != nil
    )
    let summary = try IngestRun(options, consumers: [consumer, tally] + others, memory: memory).run()
    try summary.check(seen: tally.records.seen)
    if let path = options.indexPath {
      try tally.writeIndex(
        to: path, decoderSignature: summary.decoderSignature, hashKey: options.hashKey)
    }
    var result = ProfilingResult(
      profile: consumer.profile, summary: summary, counts: tally.records,
      locators: consumer.locators ?? SampleLocators())
    result.profile.isPartial = !result.accounts.incomplete.isEmpty
    return result
  }
}
