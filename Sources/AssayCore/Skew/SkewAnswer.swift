/// What two values of one feature, of one record seen in two places, have to say of each other.
package enum SkewAnswer: Sendable, Hashable {
  /// Neither place has a value.
  case absent
  case agree
  case missingInReference
  case missingInCurrent
  /// Both have a value, and these are not the same.
  case differ

  /// Holds two values against each other: numbers by the tolerance, all others exactly.
  ///
  /// Texts are the same if their bytes are. A number and a text never are, whatever the text spells.
  package init(_ reference: Value, _ current: Value, _ tolerance: SkewTolerance) {
    switch (reference, current) {
    case (.missing, .missing): self = .absent
    case (.missing, _): self = .missingInReference
    case (_, .missing): self = .missingInCurrent
    default: self = Self.areEqual(reference, current, tolerance) ? .agree : .differ
    }
  }

  /// Whether it is a disagreement.
  package var isDisagreement: Bool { self != .absent && self != .agree }

  private static func areEqual(_ left: Value, _ right: Value, _ tolerance: SkewTolerance) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): tolerance.admits(left, right)
    case (.integer, .real), (.real, .integer), (.real, .real):
      tolerance.admits(left.number ?? .nan, right.number ?? .nan)
    case (.text(let left), .text(let right)): ExactText.areEqual(left, right)
    case (.boolean(let left), .boolean(let right)): left == right
    case (.vector(let left), .vector(let right)): tolerance.admits(left, right)
    default: false
    }
  }
}

extension Value {
  /// How far apart two numbers are, or two lists in the element that differs most; nil for what has no distance, and
  /// for distances that are not finite.
  package func distance(to other: Value) -> Value? {
    switch (self, other) {
    case (.integer(let left), .integer(let right)):
      let distance = left.distanceMagnitude(to: right)
      return Int64(exactly: distance).map { .integer($0) } ?? .real(Double(distance))
    case (.integer, .real), (.real, .integer), (.real, .real):
      return Self.finite(abs((number ?? .nan) - (other.number ?? .nan)))
    case (.vector(let left), .vector(let right)) where left.count == right.count:
      return Self.finite(zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) })
    default: return nil
    }
  }

  private static func finite(_ distance: Double) -> Value? { distance.isFinite ? .real(distance) : nil }
}
