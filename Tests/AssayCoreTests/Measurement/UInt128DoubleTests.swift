import AssayTestSupport
import Testing

@testable import AssayCore

struct UInt128DoubleTests {
  @Test func itIsTheStandardConversion() {
    var random = SplitMix64(seed: 3)
    for width in 0..<128 as Range<UInt128> {
      for _ in 0..<200 {
        let value = UInt128.random(in: 0...UInt128.max, using: &random) >> width
        #expect(value.nearestDouble == Double(value), "\(value)")
      }
    }
  }

  @Test(arguments: 54..<128 as Range<UInt128>) func halvesGoToTheEvenNeighbour(bit: UInt128) {
    let unit: UInt128 = 1 << (bit - 52)
    let power: UInt128 = 1 << bit
    let values: [UInt128] = [power + unit / 2, power + unit + unit / 2, power + unit / 2 + 1, power - 1]
    for value in values {
      #expect(value.nearestDouble == Double(value), "\(value)")
    }
  }
}
