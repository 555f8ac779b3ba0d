import AssayCore
import AssayIngest

/// Everything of a set that its rules are judged by and a profile does not hold: counts, tallies, exact indexes.
final class SetCounts: RecordConsumer {
  private(set) var records = RecordCounts()
  private(set) var tallies: RuleTallies
  /// Records whose content, or key, an earlier record has too.
  private(set) var duplicateContents = 0
  private(set) var duplicateKeys = 0
  private let rules: RecordRules
  private let index: SetIndexBuilder
  /// Of the records as a profile sees them.
  private var fingerprint = Fingerprint()
  /// By rule.
  private var uniqueValues: [Int: ExactSet<Digest80>] = [:]
  private let memory: IndexMemory
  /// What `share` rules are judged by.
  private(set) var shares: ShareCounts
  private var metrics: MetricTallies
  /// Nil where no rule asks for it.
  private let pairs: PairCounts?
  let needsFacts: Bool

  /// All indexes together keep what `memory` allows in memory, and what is beyond in temporary files. `keepsIndex` if
  /// `writeIndex` will be called.
  init(_ schema: CompiledSchema, memory: IndexMemory, keepsIndex: Bool = false) throws(OutputError) {
    shares = ShareCounts(schema.setRules)
    metrics = schema.emptyMetrics
    pairs = try schema.pairCounts(memory)
    needsFacts = keepsIndex || !shares.isEmpty || !metrics.metrics.isEmpty || pairs != nil
    rules = schema.recordRules
    self.memory = memory
    index = try SetIndexBuilder(memory, isKept: keepsIndex)
    tallies = RuleTallies(ruleCount: rules.rules.count)
  }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    shares.observe(observation)
    metrics.observe(observation)
    try pairs?.observe(observation)
    tallies.observe(observation, rules: rules)
    try noteUniqueValues(observation)
    records.observe(observation)
    fingerprint.add(observation.recordDigest)
  }

  /// What is known of a metric; nil for one that no rule asks for.
  func counts(of metric: Metric) -> MetricCounts? {
    metric.pairs == nil ? metrics.counts(of: metric) : pairs?.counts
  }

  /// Adds a finding to a record whose key an earlier one has.
  func amend(_ observation: inout Observation) throws {
    // A row of `--records` brings that of the run that wrote it.
    observation.findings.removeAll { $0.code == ReadingCode.duplicateKey.rawValue }
    let repetition = try index.add(observation)
    if repetition.ofContent { duplicateContents += 1 }
    guard repetition.ofKey else { return }
    duplicateKeys += 1
    observation.findings.append(
      Finding(
        code: ReadingCode.duplicateKey.rawValue, severity: .warn, subject: "record",
        expected: "a key of its own",
        found: "\(observation.key.display) was seen before"))
  }

  /// Writes the index of the set, whole or not at all.
  func writeIndex(
    to path: String, decoderSignature: String, hashKey: HashKey
  ) throws(OutputError) {
    try index.write(
      to: path, decoderSignature: decoderSignature, hashKey: hashKey, fingerprint: fingerprint)
  }

  private func uniqueTable(of rule: Int) throws(OutputError) -> ExactSet<Digest80> {
    if let table = uniqueValues[rule] { return table }
    let table = try ExactSet<Digest80>(memory)
    uniqueValues[rule] = table
    return table
  }

  private func noteUniqueValues(_ observation: Observation) throws(OutputError) {
    for key in observation.uniqueKeys {
      let value = Digest80(high: key.high, low: key.low)
      let table = try uniqueTable(of: key.rule)
      if try table.insert(value) { continue }
      let rule = rules.rules[key.rule]
      tallies.observeDuplicate(
        of: key,
        example: RuleExample(
          key: observation.key, locator: observation.locator, found: "\(rule.subject.name) was seen before"))
    }
  }
}

extension CompiledSchema {
  fileprivate func pairCounts(_ memory: IndexMemory) throws(OutputError) -> PairCounts? {
    guard let stability else { return nil }
    return try PairCounts(
      pairs: stability.pairs, prediction: stability.prediction, slices: stability.slices, memory)
  }
}
