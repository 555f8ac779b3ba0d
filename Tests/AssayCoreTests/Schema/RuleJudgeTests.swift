import AssayCore
import AssayTestSupport
import Foundation
import Testing

/// Facts that a test sets one by one.
struct FakeFacts: SetFacts {
  var recordCount = 100
  var counts: [RecordClass: Share] = [:]
  var shares: [String: Share] = [:]

  func count(of kind: RecordClass) -> Share? { counts[kind] }
  func orphans(_ kind: OrphanKind) -> Share? { nil }
  func share(of value: String, in feature: FeatureReference) -> Share? { shares[value] }
  func mean(of feature: FeatureReference) -> Double? { 0.5 }
  func counts(of metric: Metric) -> MetricCounts? { nil }
  func quantile(_ order: Double, of feature: FeatureReference) -> Double? { order }
}

struct RuleJudgeTests {
  private static let position = SourcePosition(file: "s.yaml", line: 1, column: 1)

  private func recordRule(_ terms: RuleTerms, _ check: RecordCheck = .required) -> CompiledSchema {
    let rule = RecordRule(
      id: "r", subject: .feature(.field("f")), check: check, terms: terms, position: RuleJudgeTests.position)
    return CompiledSchema(recordRules: RecordRules(rules: [rule], images: [], fields: []))
  }

  private func tallies(passed: Int, violated: Int, null: Int = 0) -> RuleTallies {
    let rules = recordRule(RuleTerms()).recordRules
    var tallies = RuleTallies(ruleCount: 1)
    let states: [(RuleState, Int)] = [
      (.passed, passed), (.violated, violated), (.notEvaluated, null), (.notApplicable, 3),
    ]
    for (state, count) in states {
      for index in 0..<count {
        tallies.observe(RuleJudgeTests.observation(key: "\(state)\(index)", state), rules: rules)
      }
    }
    return tallies
  }

  static func observation(key: String, _ state: RuleState) -> Observation {
    var states = RuleStates(ruleCount: 1)
    states[0] = state
    return Observation(key: RecordKey(key), locator: Locator(source: "x"), ruleStates: states)
  }

  private func verdict(_ terms: RuleTerms, passed: Int, violated: Int, null: Int = 0) -> Verdict {
    RuleJudge.verdict(
      of: RuleJudge(recordRule(terms)).results(
        tallies(passed: passed, violated: violated, null: null), FakeFacts()))
  }

  @Test func oneViolationFails() { #expect(verdict(RuleTerms(), passed: 99, violated: 1) == .fail) }

  @Test func aWarningWarns() {
    #expect(verdict(RuleTerms(severity: .warn), passed: 99, violated: 1) == .warn)
  }

  @Test func informationPasses() {
    #expect(verdict(RuleTerms(severity: .info), passed: 0, violated: 9) == .pass)
  }

  @Test(arguments: [(1, Verdict.pass), (2, .fail)])
  func allowedSharesAreOfRecordsEvaluated(violated: Int, expected: Verdict) throws {
    let allow = try #require(Limit("1%"))
    #expect(verdict(RuleTerms(allow: allow), passed: 100 - violated, violated: violated) == expected)
  }

  @Test(arguments: [(5, Verdict.pass), (6, .fail)])
  func allowedNumbersAreOfRecords(violated: Int, expected: Verdict) {
    #expect(verdict(RuleTerms(allow: .records(5)), passed: 1, violated: violated) == expected)
  }

  @Test func NULLCountsAsAViolation() {
    #expect(verdict(RuleTerms(), passed: 99, violated: 0, null: 1) == .fail)
  }

  @Test func NULLIsSkippedWhereTheRuleSaysSo() {
    #expect(verdict(RuleTerms(onNull: .skip), passed: 99, violated: 0, null: 1) == .pass)
  }

  @Test func aRuleOfNoRecordPasses() { #expect(verdict(RuleTerms(), passed: 0, violated: 0) == .pass) }

  @Test func duplicatesTheIndexFindsAreViolations() {
    var counted = tallies(passed: 3, violated: 0)
    let example = RuleExample(key: RecordKey("k"), locator: Locator(source: "x"), found: "7")
    counted.observeDuplicate(of: UniqueKey(rule: 0, high: 1, low: 2), example: example)
    let result = RuleJudge(recordRule(RuleTerms(), .unique)).results(counted, FakeFacts())[0]
    #expect(result.violated == 1 && result.evaluated == 3 && result.verdict == .fail)
  }

  @Test func aRuleThatHoldsAndIsOutOfDateWarns() {
    let schema = recordRule(RuleTerms(until: "2026-06-30"))
    let counted = tallies(passed: 1, violated: 0)
    func verdict(_ today: String) -> Verdict {
      RuleJudge.verdict(of: RuleJudge(schema, today: today).results(counted, FakeFacts()))
    }
    #expect(verdict("2026-06-30") == .pass && verdict("2026-07-01") == .warn)
  }

  @Test func termsOutOfDateAreSaidAndJudgedAsBefore() {
    let schema = recordRule(RuleTerms(until: "2026-06-30"))
    let counted = tallies(passed: 1, violated: 0)
    #expect(RuleJudge(schema, today: "2026-06-30").results(counted, FakeFacts())[0].expiredOn == nil)
    #expect(RuleJudge(schema, today: "2026-07-01").results(counted, FakeFacts())[0].expiredOn == "2026-06-30")
  }

  // MARK: Set rules

  private func result(_ check: SetCheck, _ facts: FakeFacts = FakeFacts()) -> RuleResult {
    let rule = SetRule(id: "s", check: check, position: RuleJudgeTests.position)
    let schema = CompiledSchema(
      recordRules: RecordRules(rules: [], images: [], fields: []), setRules: [rule])
    return RuleJudge(schema).results(RuleTallies(ruleCount: 0), facts)[0]
  }

  @Test(arguments: [
    (Bounds(min: 100, max: 100), Verdict.pass), (Bounds(min: 101), .fail), (Bounds(max: 99), .fail),
  ])
  func recordsAreCounted(bounds: Bounds, expected: Verdict) {
    #expect(result(.recordCount(bounds)).verdict == expected)
  }

  @Test(arguments: [(1, Verdict.pass), (2, .fail)])
  func corruptRecordsAreBounded(part: Int, expected: Verdict) {
    let facts = FakeFacts(counts: [.corrupt: Share(part: part, whole: 1_000)])
    #expect(result(.records(.corrupt, LimitBounds(max: Limit("0.1%"))), facts).verdict == expected)
  }

  @Test(arguments: [(5, Verdict.pass), (4, .fail)])
  func sharesOfAValueAreBounded(part: Int, expected: Verdict) {
    let facts = FakeFacts(shares: ["stop": Share(part: part, whole: 100)])
    #expect(result(.share(.field("label"), "stop", LimitBounds(min: Limit("5%"))), facts).verdict == expected)
  }

  @Test(arguments: [
    SetCheck.records(.duplicates, LimitBounds(max: Limit.none)),
    .orphans(.rows, LimitBounds(max: Limit.none)),
    .share(.field("label"), "stop", LimitBounds(min: Limit.none)),
  ])
  func aMissingFactIsNotJudgedAndFails(check: SetCheck) {
    #expect(!result(check).isJudged)
    #expect(result(check).verdict == .fail)
  }

  @Test(arguments: [
    (SetCheck.mean(.field("f"), Bounds(min: 0.6)), Verdict.fail),
    (.mean(.field("f"), Bounds(max: 0.5)), .pass),
    (.quantile(.field("f"), 0.9, Bounds(max: 0.8)), .fail),
    (.quantile(.field("f"), 0.9, Bounds(min: 0.9)), .pass),
  ])
  func meansAndQuantilesAreBounded(check: SetCheck, expected: Verdict) {
    #expect(result(check).verdict == expected)
  }
}

struct RuleTallyTests {
  private let rules = RecordRules(
    rules: [
      RecordRule(
        id: "r", subject: .record, check: .required,
        position: SourcePosition(file: "s.yaml", line: 1, column: 1))
    ], images: [], fields: [])

  @Test func anyOrderAndAnySplitGiveTheSameTally() {
    var generator = SplitMix64(seed: 11)
    let observations = (0..<200).map { index in
      RuleJudgeTests.observation(key: "k\(index % 150)", RuleState.allCases[index % 4])
    }
    func tally(_ observations: some Sequence<Observation>) -> RuleTallies {
      var tallies = RuleTallies(ruleCount: 1)
      for observation in observations { tallies.observe(observation, rules: rules) }
      return tallies
    }
    let whole = tally(observations)
    for _ in 0..<20 {
      let shuffled = observations.shuffled(using: &generator)
      let cut = Int.random(in: 0...200, using: &generator)
      var parts = tally(shuffled[cut...])
      parts.merge(tally(shuffled[..<cut]))
      #expect(parts == whole)
    }
  }

  @Test func statesAreReadBackAsTheyWereWritten() {
    var generator = SplitMix64(seed: 3)
    var states = RuleStates(ruleCount: 100)
    let written = (0..<100).map { _ in RuleState.allCases.randomElement(using: &generator) ?? .passed }
    for (index, state) in written.enumerated() { states[index] = state }
    #expect((0..<100).map { RuleStates(words: states.words)[$0] } == written)
  }

  @Test func everyCodeHasItsPage() {
    for code in FindingCode.allCases {
      let page = code.explanation
      #expect(![page.meaning, page.reads, page.condition, page.remedy].contains(""))
      #expect(FindingCode.explanation(of: code.rawValue) == page)
    }
  }

  @Test func aCodeNobodyGivesHasNoPage() { #expect(FindingCode.explanation(of: "image.rnage") == nil) }
}
