import AssayCore
import AssayTestSupport
import Testing

struct LevelSampleTests {
  private let hasher = SipHash()

  private func sample(_ items: some Sequence<Int>) -> LevelSample {
    var sample = LevelSample()
    for item in items { sample.observe(UInt64(item), hasher: hasher) }
    return sample
  }

  @Test func duplicatesAreExactBelowTheLimit() {
    let sample = sample(Array(0..<1000) + [3, 3, 5])
    #expect(sample.duplicateEstimate == 3 && sample.isExact)
  }

  @Test func overlapIsExactBelowTheLimit() {
    #expect(sample(0..<1000).overlapEstimate(with: sample(900..<5000), hasher: hasher) == 100)
  }

  /// Five standard errors of a sample of at least 8,192.
  @Test func distinctIsEstimatedAboveTheLimit() {
    let estimate = sample(0..<100_000).distinctEstimate
    #expect(abs(estimate / 100_000 - 1) < 5 / 90.5)
  }

  /// Five standard errors of the overlap's own sample, of at least 2,048.
  @Test func overlapIsEstimatedAboveTheLimit() {
    let estimate = sample(0..<100_000).overlapEstimate(with: sample(50_000..<60_000), hasher: hasher)
    #expect(abs(estimate / 10_000 - 1) < 5 / 36)
  }
}
