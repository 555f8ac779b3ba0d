import AssayCore
import Testing

/// When two values of one record disagree.
struct SkewAnswerTests {
  private static let relative = SkewTolerance.relative(1e-6)

  @Test(
    arguments: [
      (Value.integer(7), Value.integer(7), SkewAnswer.agree), (.integer(7), .integer(8), .differ),
      (.integer(.max), .integer(.max - 1), .differ), (.integer(.min), .integer(.max), .differ),
      (.text("a"), .text("a"), .agree), (.text("a"), .text("A"), .differ),
      (.boolean(true), .boolean(true), .agree), (.boolean(true), .boolean(false), .differ),
      (.boolean(true), .integer(1), .differ), (.text("7"), .integer(7), .differ),
    ] as [(Value, Value, SkewAnswer)])
  func whatIsNotRealIsComparedExactly(left: Value, right: Value, answer: SkewAnswer) {
    #expect(SkewAnswer(left, right, Self.relative) == answer)
    #expect(SkewAnswer(right, left, Self.relative) == answer)
  }

  @Test(
    arguments: [
      (1000.0, 1000.0009, SkewAnswer.agree), (1000, 1000.0011, .differ), (-1000, 1000, .differ),
      (1e-9, 1.1e-9, .differ), (0, 1e-300, .differ), (0, -0.0, .agree), (.nan, .nan, .agree),
      (.nan, 1, .differ), (.infinity, .infinity, .agree), (.infinity, -.infinity, .differ),
      (.infinity, 1, .differ), (.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .differ),
    ] as [(Double, Double, SkewAnswer)])
  func realsAgreeUpToAShareOfTheLarger(left: Double, right: Double, answer: SkewAnswer) {
    #expect(SkewAnswer(.real(left), .real(right), Self.relative) == answer)
    #expect(SkewAnswer(.real(right), .real(left), Self.relative) == answer)
  }

  @Test func anIntegerAndARealAreNumbersBoth() {
    #expect(SkewAnswer(.integer(7), .real(7), Self.relative) == .agree)
    #expect(SkewAnswer(.integer(7), .real(7.1), Self.relative) == .differ)
  }

  @Test func aToleranceOfAFeatureIsInItsUnit() {
    let half = SkewTolerance.absolute(0.5)
    #expect(SkewAnswer(.real(0.1), .real(0.6), half) == .agree)
    #expect(SkewAnswer(.real(1000), .real(1000.6), half) == .differ)
  }

  @Test func aToleranceOfAFeatureHoldsForIntegers() {
    #expect(SkewAnswer(.integer(-1), .integer(1), .absolute(2)) == .agree)
    #expect(SkewAnswer(.integer(.min), .integer(.max), .absolute(2)) == .differ)
  }

  @Test func textsThatOnlyLookTheSameDiffer() {
    #expect(SkewAnswer(.text("\u{e9}"), .text("e\u{301}"), Self.relative) == .differ)
  }

  @Test func listsAgreeElementByElement() {
    let tolerance = SkewTolerance.relative(1e-3)
    #expect(SkewAnswer(.vector([1000, 0]), .vector([1000, 0.5]), tolerance) == .agree)
    #expect(SkewAnswer(.vector([1000, 0]), .vector([1000, 1.5]), tolerance) == .differ)
    #expect(SkewAnswer(.vector([1]), .vector([1, 1]), tolerance) == .differ)
  }

  @Test func aValueInOnePlaceOnlySaysInWhich() {
    #expect(SkewAnswer(.missing, .integer(1), Self.relative) == .missingInReference)
    #expect(SkewAnswer(.integer(1), .missing, Self.relative) == .missingInCurrent)
    #expect(SkewAnswer(.missing, .missing, Self.relative) == .absent)
    #expect(!SkewAnswer.absent.isDisagreement && SkewAnswer.missingInCurrent.isDisagreement)
  }

  @Test(
    arguments: [
      (Value.integer(3), Value.integer(-4), Value.integer(7)),
      (.integer(.min), .integer(.max), .real(18_446_744_073_709_551_615)),
      (.integer(1), .real(3.5), .real(2.5)),
      (.vector([1, 2]), .vector([1.5, 0]), .real(2)),
    ] as [(Value, Value, Value)])
  func numbersHaveADistance(left: Value, right: Value, distance: Value) {
    #expect(left.distance(to: right) == distance)
    #expect(right.distance(to: left) == distance)
  }

  @Test(
    arguments: [
      (Value.text("a"), Value.text("b")), (.boolean(true), .boolean(false)), (.real(.nan), .real(1)),
      (.real(.infinity), .real(1)), (.vector([1]), .vector([1, 2])), (.missing, .integer(1)),
    ] as [(Value, Value)])
  func nothingElseHasOne(left: Value, right: Value) { #expect(left.distance(to: right) == nil) }
}
