/// What one rule said of one record.
package enum RuleState: UInt8, Sendable, Hashable, CaseIterable {
  /// The rule does not speak of it: a condition is false, an optional field or a pixel fact is not there.
  case notApplicable
  case passed
  case violated
  /// NULL: evaluated neither way.
  case notEvaluated
}

/// What every rule said of one record, two bits each, by the rule's index in `RecordRules`.
package struct RuleStates: Sendable, Hashable {
  /// Packed from the lowest bits up, 32 rules a word; trailing zero bits are rules not applicable.
  package private(set) var words: [UInt64]

  /// Room for that many rules, none applicable.
  package init(ruleCount: Int = 0) { words = [UInt64](repeating: 0, count: (ruleCount + 31) / 32) }

  /// The states as they were packed.
  package init(words: [UInt64]) { self.words = words }

  /// The state of the rule with that index; not applicable beyond the last one.
  package subscript(index: Int) -> RuleState {
    get {
      guard index / 32 < words.count else { return .notApplicable }
      let bits = UInt8(truncatingIfNeeded: words[index / 32] >> UInt64(index % 32 * 2)) & 3
      return RuleState(rawValue: bits) ?? .notApplicable
    }
    set {
      let shift = UInt64(index % 32 * 2)
      words[index / 32] = words[index / 32] & ~(3 << shift) | UInt64(newValue.rawValue) << shift
    }
  }
}

/// A value that a rule wants to be unique, as the worker hands it to the coordinator's index.
package struct UniqueKey: Sendable, Hashable {
  /// The rule's index in `RecordRules`.
  package var rule: Int
  /// 128 bits of a keyed hash of the value: `high` and `low`.
  package var high: UInt64
  package var low: UInt64

  package init(rule: Int, high: UInt64, low: UInt64) {
    self.rule = rule
    self.high = high
    self.low = low
  }
}
