/// Logarithms to base 2 in whole numbers: libm's differ in the last bit from system to system, and entropy must
/// not.
package enum BinaryLogarithm {
  /// Fraction bits of `fixed(_:)`.
  package static let fractionBits = 56

  /// `log2(value)` times 2^56, within 4 units; exact for powers of two.
  ///
  /// The leading nine bits are looked up, the rest enters a series: `log2(a + r) = log2(a) + ln(1 + r / a) / ln 2`
  /// with `r / a < 2^-8`, of which seven terms are taken.
  package static func fixed(_ value: UInt32) -> UInt64 {
    precondition(value > 0, "log2 of 0")
    let shift = value.leadingZeroBitCount
    let whole = UInt64(31 - shift)
    let mantissa = UInt64(value) << UInt64(shift + 32)
    let lead = mantissa >> 55
    let rest = mantissa & (1 << 55 - 1)
    // Q64.
    let ratio = (rest << 9) / lead
    return whole << 56 + table[Int(lead) - 256] + scaledLogarithm(onePlus: ratio)
  }

  /// `log2(1 + t)` in Q56 for `t` in Q64 below 2^-8.
  private static func scaledLogarithm(onePlus ratio: UInt64) -> UInt64 {
    var series = reciprocals[7]
    for term in stride(from: 6, through: 1, by: -1) {
      series = reciprocals[term] - ratio.multipliedFullWidth(by: series).high
    }
    let natural = ratio.multipliedFullWidth(by: series).high
    return natural.multipliedFullWidth(by: binaryOfE).high >> 6
  }

  /// `1 / k` in Q63; the first entry is not used.
  private static let reciprocals: [UInt64] = (0...7).map { $0 == 0 ? 0 : (1 << 63) / UInt64($0) }

  /// `log2(e)` in Q63.
  private static let binaryOfE: UInt64 = 0xB8AA_3B29_5C17_F0BC

  /// `log2(a / 256)` in Q56 for `a` in `256 ..< 512`.
  private static let table: [UInt64] = (256..<512).map { bitByBit(UInt64($0) << 55) }

  /// The logarithm's fraction, one bit for each squaring. `mantissa` is in Q63, `[1, 2)`.
  private static func bitByBit(_ mantissa: UInt64) -> UInt64 {
    var power = mantissa
    var bits: UInt64 = 0
    for _ in 0..<fractionBits {
      let square = power.multipliedFullWidth(by: power)
      let reachesTwo = square.high >> 63
      bits = bits << 1 | reachesTwo
      power = reachesTwo == 1 ? square.high : square.high << 1 | square.low >> 63
    }
    return bits
  }
}
