/// Counts of the code values 0...255 of one channel.
///
/// Merge law: addition, count by count.
package struct CodeValueHistogram: Sendable, Hashable {
  /// 256 counts.
  package let counts: [UInt32]
  /// The number of pixels, at most 2^30.
  package let total: UInt32

  package init(counts: [UInt32]) {
    precondition(counts.count == 256, "a histogram of code values has 256 counts")
    self.counts = counts
    self.total = counts.reduce(0, +)
  }

  /// The smallest code value that at least `percent` of the pixels do not exceed (nearest rank); nil without
  /// pixels.
  package func percentile(_ percent: UInt64) -> Int? {
    guard total > 0 else { return nil }
    let rank = max(1, (UInt64(total) * percent + 99) / 100)
    var seen: UInt64 = 0
    for (value, count) in counts.enumerated() {
      seen += UInt64(count)
      if seen >= rank { return value }
    }
    return 255
  }

  /// Shannon entropy in bits, `[0, 8]`; nil without pixels.
  ///
  /// `log2(n) - sum(c log2(c)) / n` in 56-bit fixed point: the same bits on every machine, within 2^-50.
  package var entropy: Double? {
    guard total > 0 else { return nil }
    var weighted: UInt128 = 0
    for count in counts where count > 1 {
      weighted += UInt128(count) * UInt128(BinaryLogarithm.fixed(count))
    }
    let whole = UInt128(total) * UInt128(BinaryLogarithm.fixed(total))
    return whole > weighted ? (whole - weighted).nearestDouble / (Double(total) * 0x1p56) : 0
  }
}
