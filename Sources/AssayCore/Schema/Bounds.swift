/// The least and the greatest number allowed, ends included.
package struct Bounds: Sendable, Hashable, Codable {
  package var min: Double?
  package var max: Double?

  package init(min: Double? = nil, max: Double? = nil) {
    self.min = min
    self.max = max
  }

  /// Whether the number lies within; NaN never does.
  package func contains(_ number: Double) -> Bool {
    guard !number.isNaN else { return false }
    return min.map { number >= $0 } ?? true && max.map { number <= $0 } ?? true
  }
}

extension Bounds {
  /// What it bounds the number of: `at least 1 record`, `2 to 5 records`.
  func counting(_ noun: String) -> String { "\(self) \(noun)\((max ?? min) == 1 ? "" : "s")" }
}

extension Bounds: CustomStringConvertible {
  package var description: String {
    switch (min, max) {
    case (let low?, let high?):
      low == high ? plainNumber(low) : "\(plainNumber(low)) to \(plainNumber(high))"
    case (let low?, nil): "at least \(plainNumber(low))"
    case (nil, let high?): "at most \(plainNumber(high))"
    case (nil, nil): "any number"
    }
  }
}

/// A number as people write it: no `.0` after a whole one below 2^53.
package func plainNumber(_ number: Double) -> String {
  if number == number.rounded(), abs(number) < 9_007_199_254_740_992 { return String(Int64(number)) }
  return number.description
}
