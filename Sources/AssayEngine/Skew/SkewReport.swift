package import AssayCore

/// Whether the same records have the same features in both places, and what the schema says of it.
package struct SkewReport: Sendable {
  /// What was matched.
  package struct Joined: Sendable {
    /// The full name of what records were matched by: `key`, `field.id`.
    package var by: String
    package var reference: Side
    package var current: Side
    package var matched: Int
    /// What disagrees most first.
    package var findings: [SkewFinding]
    /// Features nobody looked at, ascending.
    package var privateFeatures: [String]

    /// Those that disagree in some record.
    package var disagreeing: [SkewFinding] { findings.filter { $0.disagreeing > 0 } }
  }

  /// What became of the records of a side: `records` is the sum of `matched` and the three others.
  package struct Side: Sendable {
    package var records: Int
    package var unmatched: Int
    package var duplicates: Int
    package var withoutValue: Int
    /// What some of the unmatched ones are to be matched by.
    package var unmatchedExamples: [String]

    init(_ counts: SkewSide.Counts, _ examples: [String]) {
      records = counts.records
      unmatched = counts.unmatched
      duplicates = counts.duplicates
      withoutValue = counts.withoutValue
      unmatchedExamples = examples
    }
  }

  /// Nil where nothing was to be matched.
  package var joined: Joined?
  /// Nil where the schema decides nothing.
  package var result: RuleResult?
  private var exceeded: Set<String> = []

  /// What was matched, judged.
  init(_ join: SkewJoin, _ matching: SkewMatching, _ declaration: SkewDeclaration, today: String?) {
    let findings = matching.tallies.findings
    joined = Joined(
      by: join.name, reference: Side(matching.reference, matching.unmatchedReference),
      current: Side(matching.current, matching.unmatchedCurrent), matched: matching.tallies.matched,
      findings: findings, privateFeatures: matching.tallies.privateFeatures)
    result = declaration.result(findings, matched: matching.tallies.matched, today: today)
    exceeded = Set(findings.filter(declaration.isExceeded).map(\.feature))
  }

  /// A rule that nobody could judge, as no records were to be matched; nil where there is no rule.
  init?(unjoined declaration: SkewDeclaration?, today: String?) {
    guard let result = declaration?.unjoinedResult(today: today) else { return nil }
    self.result = result
  }

  /// What records that were matched come to.
  package var verdict: Verdict { joined == nil ? .pass : result?.verdict ?? .pass }

  /// Whether there is a rule and nobody asked for what it needs: no failure, and no pass.
  package var lacksJoin: Bool { joined == nil && (result?.verdict ?? .pass) > .pass }

  /// The rule that is violated or not judged, in a few words; nil where it holds.
  package var complaint: String? {
    guard let result, result.verdict > .pass else { return nil }
    return "\(result.rule) \(result.isJudged ? "violated" : "not judged")"
  }

  /// Whether a feature disagrees in more records than the schema allows.
  func isExceeded(_ finding: SkewFinding) -> Bool { exceeded.contains(finding.feature) }
}
