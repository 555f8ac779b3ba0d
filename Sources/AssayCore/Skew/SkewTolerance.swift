/// How far apart two numbers may be and still agree.
package enum SkewTolerance: Sendable, Hashable {
  /// A share of the larger magnitude: for reals of any unit. Integers have to be equal.
  case relative(Double)
  /// So much in the feature's unit: for reals and integers.
  case absolute(Double)

  /// Whether two reals agree. A NaN agrees with a NaN, an infinity with itself.
  package func admits(_ left: Double, _ right: Double) -> Bool {
    if left == right || (left.isNaN && right.isNaN) { return true }
    let distance = abs(left - right)
    guard distance.isFinite else { return false }
    return distance <= bound(max(abs(left), abs(right)))
  }

  /// Whether two lists of reals agree: as long, and no element further apart than the largest magnitude allows.
  package func admits(_ left: [Double], _ right: [Double]) -> Bool {
    guard left.count == right.count else { return false }
    let bound = bound((left + right).reduce(0) { max($0, abs($1)) })
    return zip(left, right).allSatisfy { left, right in
      left == right || (left.isNaN && right.isNaN) || abs(left - right) <= bound
    }
  }

  /// Whether two integers agree.
  package func admits(_ left: Int64, _ right: Int64) -> Bool {
    guard left != right, case .absolute(let most) = self else { return left == right }
    return Double(left.distanceMagnitude(to: right)) <= most
  }

  private func bound(_ magnitude: Double) -> Double {
    switch self {
    case .relative(let share): share * magnitude
    case .absolute(let most): most
    }
  }
}

extension SkewTolerance: CustomStringConvertible {
  package var description: String {
    switch self {
    case .relative(let share): "\(share) of the value"
    case .absolute(let most): "\(most)"
    }
  }
}

extension Int64 {
  /// The distance of two integers, which has room in 64 bits without a sign.
  package func distanceMagnitude(to other: Int64) -> UInt64 {
    let (low, high) = self < other ? (self, other) : (other, self)
    return UInt64(bitPattern: high) &- UInt64(bitPattern: low)
  }
}
