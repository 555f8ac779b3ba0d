/// Turns counts and facts into one result per rule. Pure: the same input gives the same results.
package struct RuleJudge {
  private let schema: CompiledSchema
  /// `YYYY-MM-DD`, to say which terms are out of date; nil says it of none.
  private let today: String?

  package init(_ schema: CompiledSchema, today: String? = nil) {
    self.schema = schema
    self.today = today
  }

  /// The results in the order of the schema: record rules, then set rules.
  package func results(_ tallies: RuleTallies, _ facts: some SetFacts) -> [RuleResult] {
    precondition(tallies.tallies.count == schema.recordRules.rules.count, "one tally for each record rule")
    return zip(schema.recordRules.rules, tallies.tallies).map { result(of: $0, $1) }
      + schema.setRules.map { result(of: $0, facts) }
  }

  /// The worst of the verdicts; `pass` where there is no rule. A rule that holds and is out of date warns.
  package static func verdict(of results: [RuleResult]) -> Verdict {
    results.map { max($0.verdict, $0.isExpired ? .warn : .pass) }.max() ?? .pass
  }

  // MARK: Record rules

  private func result(of rule: RecordRule, _ tally: RuleTally) -> RuleResult {
    let terms = rule.terms
    let nulls = terms.onNull == .fail ? tally.notEvaluated : 0
    let bad = tally.violated + nulls
    let isExceeded = bad > 0 && terms.allow.isExceeded(by: bad, of: tally.evaluated + nulls)
    var result = blank(rule.id, rule.code, rule.subject.name, terms, rule.position)
    result.evaluated = tally.evaluated
    result.violated = tally.violated
    result.notEvaluated = tally.notEvaluated
    result.allowed = terms.allow.description
    result.examples = tally.examples
    result.expected = rule.check.expectation
    result.found = "\(tally.violated) of \(tally.evaluated) violate it"
    if tally.notEvaluated > 0 { result.found += ", \(tally.notEvaluated) not evaluated" }
    result.verdict = isExceeded ? terms.severity.verdict : .pass
    return result
  }

  // MARK: Set rules

  private func result(of rule: SetRule, _ facts: some SetFacts) -> RuleResult {
    var result = blank(rule.id, rule.code, rule.subject, rule.terms, rule.position)
    result.expected = rule.check.expectation
    switch rule.check {
    case .recordCount(let bounds):
      result.evaluated = facts.recordCount
      judge(&result, bounds.contains(Double(facts.recordCount)), counted(facts.recordCount, "record"))
    case .records(let kind, let bounds):
      judge(&result, facts.count(of: kind), bounds, missing: "no count of \(kind.rawValue)")
    case .orphans(let kind, let bounds):
      judge(&result, facts.orphans(kind), bounds, missing: "no manifest was joined")
    case .share(let feature, let value, let bounds):
      judge(&result, facts.share(of: value, in: feature), bounds, missing: "no counts of \(feature.fullName)")
    case .mean(let feature, let bounds):
      judge(&result, facts.mean(of: feature), bounds, missing: "no mean of \(feature.fullName)")
    case .quantile(let feature, let order, let bounds):
      judge(&result, facts.quantile(order, of: feature), bounds, missing: "no sketch of \(feature.fullName)")
    case .metric(let check): judge(&result, check, facts.counts(of: check.metric))
    }
    return result
  }

  private func judge(_ result: inout RuleResult, _ number: Double?, _ bounds: Bounds, missing: String) {
    guard let number else { return markNotJudged(&result, missing) }
    judge(&result, bounds.contains(number), plainNumber(number))
  }

  private func judge(_ result: inout RuleResult, _ share: Share?, _ bounds: LimitBounds, missing: String) {
    guard let share else { return markNotJudged(&result, missing) }
    result.evaluated = share.whole
    judge(&result, bounds.admit(share.part, of: share.whole), "\(share.part) of \(share.whole)")
  }

  private func judge(_ result: inout RuleResult, _ check: MetricCheck, _ counts: MetricCounts?) {
    guard let counts else { return markNotJudged(&result, "\(check.metric.name) was not counted") }
    let judgement = MetricJudge(check).judge(counts)
    result.figures = judgement.figures
    result.evaluated = judgement.evaluated
    guard judgement.isJudged else { return markNotJudged(&result, judgement.found) }
    judge(&result, judgement.violated == 0, judgement.found)
    result.violated = judgement.violated
  }

  private func judge(_ result: inout RuleResult, _ holds: Bool, _ found: String) {
    result.found = found
    result.violated = holds ? 0 : 1
    result.verdict = holds ? .pass : result.severity.verdict
  }

  // MARK: Both

  private func markNotJudged(_ result: inout RuleResult, _ reason: String) {
    result.isJudged = false
    result.found = "not judged: \(reason)"
    result.verdict = result.severity.verdict
  }

  private func blank(
    _ id: String, _ code: FindingCode, _ subject: String, _ terms: RuleTerms, _ position: SourcePosition
  ) -> RuleResult {
    let isExpired = terms.until.flatMap { until in today.map { $0 > until } } ?? false
    return RuleResult(
      rule: id, code: code, severity: terms.severity, subject: subject, verdict: .pass, expected: "",
      found: "", because: terms.because, owner: terms.owner, expiredOn: isExpired ? terms.until : nil,
      position: position)
  }
}
