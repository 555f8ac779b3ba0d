import AssayCore
import AssayTestSupport
import Foundation
import Testing

struct BinaryLogarithmTests {
  @Test(arguments: UInt32(0)..<32) func powersOfTwoAreExact(exponent: UInt32) {
    #expect(BinaryLogarithm.fixed(1 << exponent) == UInt64(exponent) << 56)
  }

  /// The definition: one bit for each squaring of the mantissa.
  static func bitByBit(_ value: UInt32) -> UInt64 {
    let shift = value.leadingZeroBitCount
    var power = UInt64(value) << UInt64(shift + 32)
    var bits = UInt64(31 - shift)
    for _ in 0..<56 {
      let square = power.multipliedFullWidth(by: power)
      bits = bits << 1 | square.high >> 63
      power = square.high >> 63 == 1 ? square.high : square.high << 1 | square.low >> 63
    }
    return bits
  }

  @Test func theSeriesAgreesWithTheDefinition() {
    var random = SplitMix64(seed: 1)
    let values =
      Array(1...5000) + (0..<20_000).map { _ in UInt32.random(in: 1...UInt32.max, using: &random) } + [.max]
    for value in values {
      let difference = Int64(BinaryLogarithm.fixed(value)) - Int64(Self.bitByBit(value))
      #expect(abs(difference) <= 4, "\(value)")
    }
  }

  @Test func theDefinitionAgreesWithLibm() {
    for value: UInt32 in [3, 5, 1000, 12_345_678, .max] {
      #expect(abs(Double(BinaryLogarithm.fixed(value)) * 0x1p-56 - log2(Double(value))) < 1e-14)
    }
  }
}
