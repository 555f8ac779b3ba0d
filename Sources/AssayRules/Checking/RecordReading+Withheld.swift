import AssayCore

/// What rules say of values that an earlier run kept to itself: what it found then, what the shape decides, and no more.
extension RecordReading {
  /// What a finding says of a value that is not there.
  static let withheldWords = "a private value, which is not in the row: judge its source again"

  /// What is known of a value that there is and that is not told; nil where it is, or where there is none.
  func withheld(_ reference: FeatureReference) -> PrivateFacts? {
    guard !record.withheld.isEmpty, case .field(let name) = reference else { return nil }
    let facts = fieldIndex(name).map { fields[$0].withheld } ?? record.withheld[name]
    return facts.flatMap { $0.isPresent ? $0 : nil }
  }

  /// What the rule found in an earlier run, whatever its id was; nil if nothing.
  func recordedOutcome(of rule: RecordRule) -> RuleOutcome? {
    let subject = rule.subject.name
    let expectation = rule.check.expectation
    let found = record.recordedFindings.compactMap { finding -> (FindingCode, String)? in
      guard finding.subject == subject, finding.expected == expectation,
        let code = FindingCode(rawValue: finding.code), code != .ruleNull
      else { return nil }
      return (code, finding.found)
    }
    return found.isEmpty ? nil : .violatedAs(found)
  }

  /// What a rule says of such a value.
  func outcome(of rule: RecordRule, _ feature: FeatureReference, _ facts: PrivateFacts) -> RuleOutcome {
    if let recorded = recordedOutcome(of: rule) { return recorded }
    switch rule.check {
    // A private value is text, or its type was found to be wrong.
    case .required, .type(.string): return .passed
    case .dropped: return .violated("a value")
    case .masked(let algorithm): return mask(MaskShape(facts), algorithm)
    case .length(let bounds) where Self.decides(facts, bounds): return .passed
    // What is not of its type is judged there. What may be personal data is never let pass.
    case .noPersonalData: return .null(Self.withheldWords)
    default: return isJudgedElsewhere(feature) ? .notApplicable : .null(Self.withheldWords)
    }
  }

  /// Whether every text of which the same is told keeps the bounds. A character has up to four bytes.
  private static func decides(_ facts: PrivateFacts, _ bounds: Bounds) -> Bool {
    guard (1...62).contains(facts.lengthClass) else { return false }
    if let count = MaskShape(facts).digitCount(ofLengthClass: facts.lengthClass) {
      return bounds.contains(Double(count))
    }
    let fewestBytes = 1 << (facts.lengthClass - 1)
    return bounds.contains(Double((fewestBytes + 3) / 4)) && bounds.contains(Double(2 * fewestBytes - 1))
  }
}
