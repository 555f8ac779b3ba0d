import AssayCore
import AssayTestSupport
import Testing

struct DistinctCounterTests {
  private func estimate(_ count: Int, _ scale: SketchScale) -> Double {
    var random = SplitMix64(seed: UInt64(count))
    var counter = DistinctCounter(scale: scale)
    for _ in 0..<count { counter.observe(random.next()) }
    return counter.estimate
  }

  @Test(arguments: [0, 1, 64, 200, 256]) func smallCountsAreExact(count: Int) {
    #expect(estimate(count, .whole) == Double(count))
  }

  /// Four standard errors of p = 12 (1.04 / 64).
  @Test(arguments: [257, 1000, 10_000, 100_000, 1_000_000]) func largeCountsAreWithinFourStandardErrors(
    count: Int
  ) {
    #expect(abs(estimate(count, .whole) / Double(count) - 1) < 4 * 1.04 / 64)
  }

  /// Four standard errors of p = 10 (1.04 / 32).
  @Test(arguments: [65, 1000, 100_000]) func countsOfPartsAreWithinFourStandardErrors(count: Int) {
    #expect(abs(estimate(count, .part) / Double(count) - 1) < 4 * 1.04 / 32)
  }

  @Test func repetitionsDoNotCount() {
    var counter = DistinctCounter(scale: .whole)
    for index in 0..<100_000 { counter.observe(UInt64(index % 100) &* 0x9E37_79B9_7F4A_7C15) }
    #expect(counter.estimate == 100)
  }
}
