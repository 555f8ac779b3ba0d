import AssayCore
import Testing

/// What is counted of one feature over matched records.
struct SkewTallyTests {
  private static func example(_ join: String) -> SkewExample {
    SkewExample(
      join: join, reference: Locator(source: "a"), current: Locator(source: "b"), referenceValue: .missing,
      currentValue: .text(String(repeating: "x", count: 1000)))
  }

  private static func finding(_ pairs: [(Value, Value)], of matched: Int? = nil) -> SkewFinding? {
    var tally = SkewTally("field.x", .relative(1e-6))
    for (index, pair) in pairs.enumerated() { tally.observe(pair.0, pair.1, example: example("\(index)")) }
    return tally.finding(of: matched ?? pairs.count)
  }

  @Test func everyKindOfDisagreementIsSaidApart() throws {
    let finding = try #require(
      Self.finding([
        (.integer(1), .integer(1)), (.integer(1), .integer(2)), (.missing, .integer(1)),
        (.integer(1), .missing), (.integer(1), .missing), (.missing, .missing),
      ]))
    #expect(finding.differing == 1 && finding.missingInReference == 1 && finding.missingInCurrent == 2)
    #expect(finding.disagreeing == 4 && finding.compared == 6)
  }

  @Test func distancesAreThoseOfNumbersThatDiffer() throws {
    let finding = try #require(
      Self.finding((0..<9).map { (.integer(0), .integer($0 < 4 ? 0 : $0)) } + [(.integer(5), .missing)]))
    #expect(finding.medianDistance == 6 && finding.largestDistance == 8)
  }

  @Test func wordsHaveNoDistance() throws {
    let finding = try #require(Self.finding([(.text("a"), .text("b"))]))
    #expect(finding.medianDistance == nil && finding.largestDistance == nil)
  }

  @Test func theFirstThreeDisagreementsAreExamples() throws {
    let finding = try #require(Self.finding((0..<6).map { (.integer(0), .integer($0)) }))
    #expect(finding.examples.map(\.join) == ["1", "2", "3"])
  }

  @Test func longTextsOfExamplesAreCut() {
    #expect(Self.example("a").currentValue.text?.count == 203)
  }

  @Test func whatNoRecordHasIsNoFinding() {
    #expect(Self.finding([(.missing, .missing)]) == nil)
  }

  @Test func hiddenValuesAreNotCompared() {
    var tally = SkewTally("field.x", .relative(0))
    tally.observeHidden()
    #expect(tally.isPrivate && tally.finding(of: 1) == nil)
    tally.observe(.integer(1), .integer(2), example: Self.example("a"))
    #expect(!tally.isPrivate && tally.finding(of: 2)?.compared == 1)
  }

  @Test func theShareHasItsWilsonInterval() throws {
    let finding = try #require(Self.finding([(.integer(1), .integer(2))], of: 1000))
    #expect(finding.interval == WilsonInterval(hits: 1, of: 1000))
  }
}
