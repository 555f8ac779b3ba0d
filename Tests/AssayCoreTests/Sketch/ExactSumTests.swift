import AssayCore
import AssayTestSupport
import Testing

struct ExactSumTests {
  private static func cases(_ name: String) throws -> [([Double], Double)] {
    func double(_ value: JSONValue?) throws -> Double {
      Double(bitPattern: try #require(value?.string.flatMap { UInt64($0.dropFirst(2), radix: 16) }))
    }
    return try #require(try Vectors.load("exact_sums")[name]?.array).map {
      (try #require($0["values"]?.array).map(double), try double($0["sum"]))
    }
  }

  private func sum(_ values: [Double], _ power: ExactSum.Power = .first) -> Double {
    var sum = ExactSum(power)
    for value in values { sum.add(value) }
    return sum.rounded
  }

  @Test(arguments: try Self.cases("sums")) func sumEqualsFsum(values: [Double], expected: Double) {
    #expect(sum(values).bitPattern == expected.bitPattern)
  }

  @Test(arguments: try Self.cases("squares")) func sumOfSquaresEqualsTheFraction(
    values: [Double], expected: Double
  ) {
    #expect(sum(values, .second).bitPattern == expected.bitPattern)
  }

  @Test func randomSumsAreTheSameBackwards() {
    var random = SplitMix64(seed: 11)
    let values = (0..<2000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    #expect(sum(values).bitPattern == sum(values.reversed()).bitPattern)
  }

  @Test func integersAddExactly() {
    var sum = ExactSum(.first)
    for value in [Int64.min, .min, .max, .max, 5] { sum.add(value) }
    #expect(sum.rounded == 3)
  }

  @Test func squaresOfIntegersAddExactly() {
    var sum = ExactSum(.second)
    sum.add(Int64(3_000_000_001))
    #expect(sum.exact == WideInteger(3_000_000_001) * WideInteger(3_000_000_001) * unit(2148))
  }

  @Test(arguments: [(0.0, "0"), (1, "40000p-18"), (-1.5, "-60000p-18")] as [(Double, String)])
  func textIsSignDigitsAndExponent(value: Double, text: String) {
    var sum = ExactSum(.first)
    sum.add(value)
    #expect(sum.text == text)
  }

  @Test(arguments: [
    "", "-0", "00", "01p-1074", "1", "1p", "1p-1075", "1p-1073", "100000000p-1074", "-", "gp-1074", "1p99999",
    "+1p-1074",
    "Ap-1074",
  ])
  func textOfNoSumIsRefused(text: String) {
    #expect(ExactSum(.first, text: text) == nil)
  }

  /// 2^exponent.
  private func unit(_ exponent: Int) -> WideInteger {
    WideInteger(
      isNegative: false, limbs: [UInt32](repeating: 0, count: exponent / 32) + [1 << UInt32(exponent % 32)])
  }
}
