import AssayCore
import AssayTestSupport
import Testing

struct LogLinearHistogramTests {
  @Test(arguments: try Self.cases()) func keyEqualsTheVector(value: Double, key: Int) throws {
    let found = LogLinearHistogram.key(value).map { ($0.isNegative ? -1 : 1) * Int($0.key) } ?? 0
    #expect(found == key)
  }

  private static func cases() throws -> [(Double, Int)] {
    let vectors = try Vectors.load("loglinear_keys")
    return try #require(vectors["cases"]?.array).map { entry in
      let bits = try #require(entry["bits"]?.string.flatMap { UInt64($0.dropFirst(2), radix: 16) })
      return (Double(bitPattern: bits), Int(try #require(entry["key_m6"]?.integer)))
    }
  }

  @Test(arguments: [0.0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude.nextDown])
  func zerosAndSubnormalsShareABucket(
    value: Double
  ) {
    var histogram = LogLinearHistogram(scale: .whole)
    histogram.observe(value)
    #expect(histogram.zeroCount == 1)
  }

  @Test func everyNormalValueIsWithinItsBucket() throws {
    var random = SplitMix64(seed: 12)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard let found = LogLinearHistogram.key(value) else { continue }
      for level in [0, 3, 9] {
        let bounds = LogLinearHistogram.bounds(key: found.key >> Int32(level), level: level)
        #expect(bounds.lower <= value.magnitude && value.magnitude < bounds.upper)
      }
    }
  }

  @Test func levelRisesOnlyAsFarAsNeeded() {
    var histogram = LogLinearHistogram(scale: .part)
    for exponent in 0..<512 { histogram.observe(Double(sign: .plus, exponent: exponent, significand: 1)) }
    #expect(histogram.level == 0)
    histogram.observe(3)
    #expect(histogram.level == 6)
  }

  @Test func smallMagnitudesOfBothSignsStayApartAtHighLevels() {
    var histogram = LogLinearHistogram(scale: .part)
    var random = SplitMix64(seed: 13)
    for _ in 0..<20_000 { histogram.observe(Double(bitPattern: random.next())) }
    histogram.observe(.leastNormalMagnitude)
    histogram.observe(-.leastNormalMagnitude)
    #expect(histogram.buckets(negative: false).first?.key == 0)
    #expect(histogram.buckets(negative: true).first?.key == 0)
  }
}
