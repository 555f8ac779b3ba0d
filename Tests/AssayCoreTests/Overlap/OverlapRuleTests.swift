import AssayCore
import Testing

struct OverlapRuleTests {
  private func rule(_ kind: OverlapKind, max: Limit, severity: Severity = .error) -> OverlapRule {
    OverlapRule(
      id: "r", kind: kind, max: max, terms: RuleTerms(severity: severity),
      position: SourcePosition(file: "schema.yaml"))
  }

  @Test(arguments: [
    (Limit.none, 0, Verdict.pass), (.none, 1, .fail), (.records(2), 2, .pass), (.records(2), 3, .fail),
  ])
  func aCountIsHeldAgainstTheMost(max: Limit, count: Int, verdict: Verdict) {
    let result = rule(.exact, max: max).result(OverlapFinding(.exact, .counted(count), of: 100))
    #expect(result.verdict == verdict && result.code == .overlapExact)
  }

  @Test func aShareIsOneOfTheCurrentRecords() throws {
    let rule = rule(.group(field: "patient_id"), max: try #require(Limit("1%")))
    #expect(rule.result(OverlapFinding(rule.kind, .counted(1), of: 100)).verdict == .pass)
    #expect(rule.result(OverlapFinding(rule.kind, .counted(2), of: 100)).verdict == .fail)
  }

  /// Not even an estimate of nothing at all.
  @Test(arguments: [
    OverlapFinding.Answer.estimated(OverlapEstimate(seen: 0, level: 3)), .unknown("a profile"),
  ])
  func whatWasNotCountedIsNotJudgedAndFails(answer: OverlapFinding.Answer) {
    let result = rule(.exact, max: .none).result(OverlapFinding(.exact, answer, of: 100))
    #expect(result.verdict == .fail && !result.isJudged && result.code == .overlapNotJudged)
    #expect(result.found.hasPrefix("not judged"))
  }

  @Test func aWarningOnlyWarns() {
    let result = rule(.exact, max: .none, severity: .warn).result(OverlapFinding(.exact, .counted(5), of: 9))
    #expect(result.verdict == .warn)
  }
}
