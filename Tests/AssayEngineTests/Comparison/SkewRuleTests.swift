import AssayCore
import AssayEngine
import Testing

/// When skew breaks a rule.
struct SkewRuleTests {
  private let sets: SkewSets

  init() throws { sets = try SkewSets() }

  @Test(arguments: [(2, Verdict.pass), (3, .fail)])
  func moreThanTheMostFails(bad: Int, verdict: Verdict) throws {
    let report = try sets.judged("{max: 2%}", bad: bad)
    #expect(report.skew?.verdict == verdict)
    #expect((report.status == .failed) == (verdict == .fail))
  }

  @Test func aViolationNamesTheFeatureAndTheRule() throws {
    let report = try sets.judged("{max: 0}", bad: 3)
    #expect(report.sentence.hasPrefix("FAIL") && report.sentence.contains("drift.skew violated"))
    #expect(report.skew?.result?.found == "3 of 100 in field.x")
    #expect(report.text().contains("[drift.skew]") && report.json().contains("\"code\": \"drift.skew\""))
  }

  @Test func withoutAMostNothingIsDecided() throws {
    let report = try sets.judged("{tolerance: 0.1}", bad: 100)
    #expect(report.skew?.result == nil && report.skew?.verdict == .pass)
    #expect(report.skew?.joined?.counts == ["field.x": 100])
  }

  @Test func aFeatureMayHaveAMostOfItsOwn() throws {
    #expect(try sets.judged("{max: 0, features: {x: {max: 100%}}}", bad: 50).skew?.verdict == .pass)
    #expect(try sets.judged("{features: {x: {max: 0}}}", bad: 1).skew?.verdict == .fail)
    #expect(try sets.judged("{features: {y: {max: 0}}}", bad: 1).skew?.verdict == .pass)
  }

  @Test func aFeatureThatNoRecordHasIsNotJudged() throws {
    let result = try #require(sets.judged("{features: {z: {max: 0}}}", bad: 0).skew?.result)
    #expect(!result.isJudged && result.code == .driftSkewNotJudged && result.verdict == .fail)
  }

  @Test func aWarningDoesNotFail() throws {
    let report = try sets.judged("{max: 0, severity: warn}", bad: 1)
    #expect(report.verdict == .warn && report.sentence.hasPrefix("WARN"))
  }

  @Test func withoutAMatchedRecordNothingPasses() throws {
    let report = try sets.run(
      reference: [sets.table("train", ["id,x", "a,1"])], current: [sets.table("serve", ["id,x", "b,1"])],
      schema: "drift: {skew: {max: 100%}}")
    let result = try #require(report.skew?.result)
    #expect(!result.isJudged && result.code == .driftSkewNotJudged && report.verdict == .fail)
    #expect(report.sentence.contains("drift.skew not judged"))
  }

  @Test func aRuleWithoutAJoinIsNeitherFailedNorPassed() throws {
    let report = try sets.judged("{max: 0}", bad: 0, join: nil)
    #expect(report.skew?.joined == nil && report.skew?.result?.isJudged == false)
    #expect(report.status == .insufficient && report.sentence.contains("drift.skew not judged"))
    #expect(report.text().contains("records are matched only where --join says by what"))
  }

  @Test func aRuleOfAnotherEnvironmentSaysNothing() throws {
    let report = try sets.run(
      reference: [sets.table("train", ["id,x", "a,1"])], current: [sets.table("serve", ["id,x", "a,1"])],
      join: nil, schema: "environments: [twin]\ndrift: {skew: {max: 0, in: twin}}")
    #expect(report.skew == nil)
  }

  @Test func scoresStayButForWhatIsMatchedBy() throws {
    let plain = try sets.judged("{tolerance: 1}", bad: 50, join: nil)
    let joined = try sets.judged("{tolerance: 1}", bad: 50)
    func statistics(_ report: ComparisonReport) -> [Double?] {
      report.scores.filter { $0.feature == "field.x" }.flatMap(\.measures).map(\.statistic)
    }
    #expect(statistics(joined) == statistics(plain) && !statistics(plain).isEmpty)
    #expect(joined.scores.count == plain.scores.count - 1)
  }
}
