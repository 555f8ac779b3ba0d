/// The judgement of one rule over a whole set, with its evidence.
package struct RuleResult: Sendable, Hashable {
  /// The rule's id.
  package var rule: String
  package var code: FindingCode
  package var severity: Severity
  package var subject: String
  package var verdict: Verdict
  /// False where a fact was missing; the verdict is then that of a violation.
  package var isJudged = true
  /// Records the rule was evaluated on; for set rules the whole of the share.
  package var evaluated = 0
  package var violated = 0
  package var notEvaluated = 0
  package var expected: String
  package var found: String
  /// How much may be violated, in words; nil for set rules.
  package var allowed: String?
  package var examples: [RuleExample] = []
  /// What a metric is, of the whole or by slice; empty for every other rule.
  package var figures: [MetricFigure] = []
  package var because: String?
  package var owner: String?
  /// Set when the rule's `until` has passed.
  package var expiredOn: String?

  /// Whether its terms are out of date.
  package var isExpired: Bool { expiredOn != nil }
  package var position: SourcePosition
}
