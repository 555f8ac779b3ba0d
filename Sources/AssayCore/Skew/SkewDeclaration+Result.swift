extension SkewDeclaration {
  /// The judgement of matched records; nil where nothing is to be decided.
  ///
  /// Without a matched record there is nothing to judge, which fails.
  ///
  /// - Parameter today: `YYYY-MM-DD`, to say whether the terms are out of date.
  package func result(_ findings: [SkewFinding], matched: Int, today: String? = nil) -> RuleResult? {
    guard isRule else { return nil }
    var result = blank(today)
    result.evaluated = matched
    let known = Set(findings.map(\.feature))
    let unknown = features.filter { $0.value.max != nil && !known.contains($0.key) }.keys.sorted()
    if matched == 0 {
      return notJudged(result, "no record of the one side was matched with one of the other")
    }
    let beyond = findings.filter(isExceeded).sorted { left, right in
      left.origin == right.origin ? left.isBefore(right) : left.origin.rawValue < right.origin.rawValue
    }
    guard beyond.isEmpty else {
      result.violated = beyond.map(\.disagreeing).max() ?? 0
      result.found = Self.words(beyond)
      return result
    }
    if !unknown.isEmpty {
      return notJudged(result, "no matched record has \(unknown.joined(separator: ", "))")
    }
    result.verdict = .pass
    result.found = "no feature disagrees in more"
    return result
  }

  /// The judgement where nobody asked for a join: a warning at most, since it was never looked; nil where nothing is to
  /// be decided.
  package func unjoinedResult(today: String? = nil) -> RuleResult? {
    guard isRule else { return nil }
    var result = notJudged(blank(today), "records are matched only where --join says by what")
    result.verdict = min(result.verdict, .warn)
    return result
  }

  /// Whether a feature disagrees in more records than it may.
  package func isExceeded(by finding: SkewFinding) -> Bool {
    limit(of: finding.feature)?.isExceeded(by: finding.disagreeing, of: finding.compared) ?? false
  }

  private func notJudged(_ result: RuleResult, _ reason: String) -> RuleResult {
    var result = result
    result.isJudged = false
    result.code = .driftSkewNotJudged
    result.found = "not judged: \(reason)"
    return result
  }

  /// A result with the verdict of a violation.
  private func blank(_ today: String?) -> RuleResult {
    let isExpired = terms.until.flatMap { until in today.map { $0 > until } } ?? false
    return RuleResult(
      rule: FindingCode.driftSkew.rawValue, code: .driftSkew, severity: terms.severity, subject: "records",
      verdict: terms.severity.verdict, expected: expectation, found: "", because: terms.because,
      owner: terms.owner, expiredOn: isExpired ? terms.until : nil, position: position)
  }

  private var expectation: String {
    let named = features.sorted { $0.key < $1.key }.compactMap { feature in
      feature.value.max.map { "at most \($0) in \(feature.key)" }
    }
    let any = max.map { ["at most \($0) of the matched records disagree in a feature"] } ?? []
    return (any + named).joined(separator: ", ")
  }

  /// The first features by name, the others by number.
  private static func words(_ findings: [SkewFinding]) -> String {
    let named = findings.prefix(3).map { "\($0.disagreeing) of \($0.compared) in \($0.feature)" }
    let more = findings.count - named.count
    return (named + (more > 0 ? ["and \(more) features more"] : [])).joined(separator: ", ")
  }
}
