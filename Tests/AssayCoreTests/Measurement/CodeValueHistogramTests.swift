import AssayCore
import Testing

struct CodeValueHistogramTests {
  static func histogram(_ counts: [Int: UInt32]) -> CodeValueHistogram {
    CodeValueHistogram(counts: (0..<256).map { counts[$0] ?? 0 })
  }

  @Test(arguments: [(1, 0), (25, 0), (26, 10), (50, 10), (51, 20), (75, 20), (76, 30), (100, 30)])
  func percentilesAreNearestRanks(percent: UInt64, expected: Int) {
    #expect(Self.histogram([0: 1, 10: 1, 20: 1, 30: 1]).percentile(percent) == expected)
  }

  @Test func anEmptyHistogramHasNoPercentile() { #expect(Self.histogram([:]).percentile(50) == nil) }

  @Test func anEmptyHistogramHasNoEntropy() { #expect(Self.histogram([:]).entropy == nil) }

  @Test func oneValueHasNoEntropy() { #expect(Self.histogram([77: 1_000_000_000]).entropy == 0) }

  @Test func equalCountsHaveTheLogarithmOfTheirNumber() {
    #expect(CodeValueHistogram(counts: [UInt32](repeating: 3, count: 256)).entropy == 8)
    #expect(Self.histogram([1: 5, 2: 5]).entropy == 1)
  }
}
