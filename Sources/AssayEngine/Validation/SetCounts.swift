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
  private let contents: DigestTable
  private let keys: DigestTable
  /// By rule.
  private var uniqueValues: [Int: DigestTable] = [:]
  private let indexMemory: Int

  /// Each index keeps at most `indexMemory` bytes in memory, and what is beyond in a temporary file.
  init(rules: RecordRules, indexMemory: Int = IngestOptions.standardIndexMemory) throws(OutputError) {
    self.rules = rules
    self.indexMemory = indexMemory
    contents = try DigestTable(memoryLimit: indexMemory)
    keys = try DigestTable(memoryLimit: indexMemory)
    tallies = RuleTallies(ruleCount: rules.rules.count)
  }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    var observation = observation
    try note(duplicatesOf: &observation)
    tallies.observe(observation, rules: rules)
    try noteUniqueValues(observation)
    records.observe(observation)
  }

  private func note(duplicatesOf observation: inout Observation) throws(OutputError) {
    if observation.contentDigest.count == 32, try !contents.insert(Digest128(observation.contentDigest)) {
      duplicateContents += 1
    }
    guard try !keys.insert(Digest128(key: observation.key.bytes)) else { return }
    duplicateKeys += 1
    observation.findings.append(
      Finding(
        code: ReadingCode.duplicateKey.rawValue, severity: .warn, subject: "record",
        expected: "a key of its own",
        found: "\(observation.key.display) was seen before"))
  }

  private func uniqueTable(of rule: Int) throws(OutputError) -> DigestTable {
    if let table = uniqueValues[rule] { return table }
    let table = try DigestTable(memoryLimit: indexMemory)
    uniqueValues[rule] = table
    return table
  }

  private func noteUniqueValues(_ observation: Observation) throws(OutputError) {
    for key in observation.uniqueKeys {
      let value = Digest128(high: key.high, low: key.low)
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
