import AssayCore
import Testing

struct WilsonIntervalTests {
  @Test func intervalsAreThoseOfTheVectors() throws {
    for row in try CalibrationVectorTests.rows("wilson95") {
      let interval = WilsonInterval(hits: Int(row[0]), of: Int(row[1]))
      #expect(CalibrationVectorTests.agree(interval.low, row[2]), "\(row): \(interval)")
      #expect(CalibrationVectorTests.agree(interval.high, row[3]), "\(row): \(interval)")
    }
  }

  /// One record fewer could not show it.
  @Test(arguments: [(0.9, 35), (0.98, 189), (0.5, 4), (0, 1)])
  func enoughRecordsAreJustEnough(share: Double, expected: Int) throws {
    let count = try #require(WilsonInterval.records(toShow: share))
    #expect(count == expected)
    #expect(WilsonInterval(hits: count, of: count).low >= share)
    if count > 1 { #expect(WilsonInterval(hits: count - 1, of: count - 1).low < share) }
  }

  @Test func noNumberOfRecordsShowsAllOfThem() { #expect(WilsonInterval.records(toShow: 1) == nil) }
}
