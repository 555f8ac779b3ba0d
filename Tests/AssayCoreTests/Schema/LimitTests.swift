import AssayCore
import Testing

struct LimitTests {
  @Test(arguments: [
    ("5%", "5%"), ("0.1%", "0.1%"), ("0.05", "5%"), ("0.001", "0.1%"), ("100%", "100%"), ("0%", "0%"),
    ("12.50 %", "12.5%"),
    ("0.5", "50%"),
  ])
  func sharesAreReadAndShownAsPercentages(text: String, shown: String) throws {
    #expect(try #require(Proportion(text)).description == shown)
  }

  @Test(arguments: [
    "", "%", "-1%", "101%", "1.1", "5 %%", ".5", "5.", "1e-3", "0,5", "5 percent", "0.1234567890123456",
  ])
  func otherTextsAreNoShares(text: String) { #expect(Proportion(text) == nil) }

  @Test(arguments: [
    ("5 records", Limit.records(5)), ("1 record", .records(1)), ("0", .records(0)), ("1", .records(1)),
  ])
  func wholeNumbersAreRecords(text: String, expected: Limit) { #expect(Limit(text) == expected) }

  @Test(arguments: ["-1", "1.5 records", "records", " 5", "five", "99999999999999999999"])
  func otherTextsAreNoLimits(text: String) { #expect(Limit(text) == nil) }

  /// 0.29 x 100 is below 29 in floating point, and 0.07 x 100 above 7.
  @Test(arguments: 1...99)
  func aShareThatIsExactlyReachedIsNeitherExceededNorMissed(percent: Int) throws {
    let share = try #require(Proportion("\(percent)%"))
    #expect(!share.isExceeded(by: percent * 1_000, of: 100_000))
    #expect(!share.isMissed(by: percent * 1_000, of: 100_000))
    #expect(share.isExceeded(by: percent * 1_000 + 1, of: 100_000))
    #expect(share.isMissed(by: percent * 1_000 - 1, of: 100_000))
  }

  @Test func hugeCountsAreCompared() throws {
    let share = try #require(Proportion("0.000000000000001"))
    #expect(!share.isExceeded(by: 9_223, of: Int.max))
    #expect(share.isExceeded(by: 9_224, of: Int.max))
  }

  @Test func nothingOfNothingExceedsNothing() { #expect(!Limit.none.isExceeded(by: 0, of: 0)) }

  @Test func boundsIncludeTheirEnds() {
    let bounds = LimitBounds(min: Limit("5%"), max: .records(10))
    #expect(bounds.admit(10, of: 200))
    #expect(!bounds.admit(11, of: 200))
    #expect(!bounds.admit(9, of: 200))
  }
}
