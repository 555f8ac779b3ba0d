/// How often one rule held, over any number of records.
///
/// *Merge law*: counts add; examples are the smallest keys of the union. Commutative and associative.
package struct RuleTally: Sendable, Hashable {
  /// The most examples kept.
  package static let exampleCap = 5

  /// Records on which the rule passed or was violated.
  package private(set) var evaluated = 0
  package private(set) var violated = 0
  /// Records on which it came to NULL.
  package private(set) var notEvaluated = 0
  /// Violating records with the smallest keys, ascending.
  package private(set) var examples: [RuleExample] = []

  package init() {}

  /// Counts one record; its example is kept if the key is small enough.
  package mutating func observe(_ state: RuleState, example: @autoclosure () -> RuleExample) {
    switch state {
    case .notApplicable: return
    case .passed: evaluated += 1
    case .violated:
      evaluated += 1
      violated += 1
      insert(example())
    case .notEvaluated:
      notEvaluated += 1
      insert(example())
    }
  }

  /// Counts a violation on a record that was already counted as evaluated: what an index found.
  package mutating func observeLateViolation(_ example: RuleExample) {
    violated += 1
    insert(example)
  }

  /// Adds what another tally counted.
  package mutating func merge(_ other: RuleTally) {
    evaluated += other.evaluated
    violated += other.violated
    notEvaluated += other.notEvaluated
    for example in other.examples { insert(example) }
  }

  private mutating func insert(_ example: RuleExample) {
    if examples.count == RuleTally.exampleCap, let last = examples.last, !(example < last) { return }
    examples.insert(example, at: examples.firstIndex { example < $0 } ?? examples.endIndex)
    if examples.count > RuleTally.exampleCap { examples.removeLast() }
  }
}

/// One record that violates a rule, and what was found there.
package struct RuleExample: Sendable, Hashable, Comparable {
  package var key: RecordKey
  package var locator: Locator
  /// As the finding says it; never a private value.
  package var found: String

  package init(key: RecordKey, locator: Locator, found: String) {
    self.key = key
    self.locator = locator
    self.found = found
  }

  package static func < (left: RuleExample, right: RuleExample) -> Bool {
    if left.key != right.key { return left.key < right.key }
    if left.found != right.found { return left.found < right.found }
    if left.locator.source != right.locator.source { return left.locator.source < right.locator.source }
    if left.locator.member != right.locator.member {
      return (left.locator.member ?? "") < (right.locator.member ?? "")
    }
    return (left.locator.row ?? 0) < (right.locator.row ?? 0)
  }
}

/// The tallies of all record rules, by the rule's index.
///
/// *Merge law*: tally by tally.
package struct RuleTallies: Sendable, Hashable {
  package private(set) var tallies: [RuleTally]

  /// Nothing counted yet, of that many rules.
  package init(ruleCount: Int) { tallies = [RuleTally](repeating: RuleTally(), count: ruleCount) }

  /// Counts what every rule said of one record.
  package mutating func observe(_ observation: Observation, rules: RecordRules) {
    for index in tallies.indices {
      let state = observation.ruleStates[index]
      guard state != .notApplicable else { continue }
      tallies[index].observe(
        state,
        example: RuleExample(
          key: observation.key, locator: observation.locator,
          found: observation.findings.first { $0.rule == rules.rules[index].id }?.found ?? ""))
    }
  }

  /// Counts that the index found a value to be no longer unique.
  package mutating func observeDuplicate(of key: UniqueKey, example: RuleExample) {
    tallies[key.rule].observeLateViolation(example)
  }

  /// Adds what another run over other records counted with the same rules.
  package mutating func merge(_ other: RuleTallies) {
    precondition(tallies.count == other.tallies.count, "tallies of different rules do not add up")
    for index in tallies.indices { tallies[index].merge(other.tallies[index]) }
  }
}
