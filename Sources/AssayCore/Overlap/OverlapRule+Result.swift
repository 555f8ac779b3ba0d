extension OverlapRule {
  /// The judgement of the rule. Only a count decides: an estimate or nothing at all is not judged, and fails.
  ///
  /// - Parameter today: `YYYY-MM-DD`, to say whether the terms are out of date.
  package func result(_ finding: OverlapFinding, today: String? = nil) -> RuleResult {
    let isExpired = terms.until.flatMap { until in today.map { $0 > until } } ?? false
    var result = RuleResult(
      rule: id, code: code, severity: terms.severity, subject: kind.field.map { "field.\($0)" } ?? "records",
      verdict: terms.severity.verdict, expected: "at most \(max) of the current set",
      found: finding.text, because: terms.because, owner: terms.owner,
      expiredOn: isExpired ? terms.until : nil,
      position: position)
    result.evaluated = finding.whole
    guard let count = finding.count else {
      result.isJudged = false
      result.code = .overlapNotJudged
      result.found = "not judged: \(finding.text)"
      return result
    }
    result.violated = count
    if !max.isExceeded(by: count, of: finding.whole) { result.verdict = .pass }
    return result
  }
}

extension Severity {
  /// What a set comes to that violates a rule of that severity.
  package var verdict: Verdict {
    switch self {
    case .info: .pass
    case .warn: .warn
    case .error: .fail
    }
  }
}
