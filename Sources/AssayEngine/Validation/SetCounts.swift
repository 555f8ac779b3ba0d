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
  private var contents: Set<Digest128> = []
  private var keys: Set<Digest128> = []
  private var uniqueValues: [Int: Set<Digest128>] = [:]

  init(rules: RecordRules) {
    self.rules = rules
    tallies = RuleTallies(ruleCount: rules.rules.count)
  }

  func consume(_ observation: Observation, from item: WorkItem) {
    var observation = observation
    note(duplicatesOf: &observation)
    tallies.observe(observation, rules: rules)
    noteUniqueValues(observation)
    records.observe(observation)
  }

  private func note(duplicatesOf observation: inout Observation) {
    if observation.contentDigest.count == 32, !contents.insert(Digest128(observation.contentDigest)).inserted
    {
      duplicateContents += 1
    }
    guard !keys.insert(Digest128(key: observation.key.bytes)).inserted else { return }
    duplicateKeys += 1
    observation.findings.append(
      Finding(
        code: ReadingCode.duplicateKey.rawValue, severity: .warn, subject: "record",
        expected: "a key of its own",
        found: "\(observation.key.display) was seen before"))
  }

  private func noteUniqueValues(_ observation: Observation) {
    for key in observation.uniqueKeys {
      let value = Digest128(high: key.high, low: key.low)
      if uniqueValues[key.rule, default: []].insert(value).inserted { continue }
      let rule = rules.rules[key.rule]
      tallies.observeDuplicate(
        of: key,
        example: RuleExample(
          key: observation.key, locator: observation.locator, found: "\(rule.subject.name) was seen before"))
    }
  }
}
