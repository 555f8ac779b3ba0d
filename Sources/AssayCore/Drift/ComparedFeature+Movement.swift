extension ComparedFeature {
  /// What moved and how, in the feature's own unit: `mean 118 -> 149`.
  package var movement: String {
    switch form {
    case .ordered: Self.numbers("mean", reference.mean, current.mean)
    case .histogram(let left, let right): Self.numbers("mean", Self.mean(left), Self.mean(right))
    case .categories: largestMove
    }
  }

  private static func numbers(_ what: String, _ before: Double?, _ after: Double?) -> String {
    "\(what) \(before.map(DisplayNumber.text) ?? "none") -> \(after.map(DisplayNumber.text) ?? "none")"
  }

  private static func mean(_ counts: [Int64]) -> Double? {
    let total = counts.reduce(0, &+)
    guard total > 0 else { return nil }
    return counts.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) } / Double(total)
  }

  /// The category whose share moved most.
  private var largestMove: String {
    let left = reference.categoryCounts ?? []
    let right = current.categoryCounts ?? []
    let before = Dictionary(left.map { ($0.name, $0.count) }, uniquingKeysWith: &+)
    let after = Dictionary(right.map { ($0.name, $0.count) }, uniquingKeysWith: &+)
    let moves = Set(before.keys).union(after.keys).map { name in
      (name, Self.share(before[name], referenceRecords), Self.share(after[name], currentRecords))
    }
    let largest = moves.max { (abs($0.2 - $0.1), $1.0) < (abs($1.2 - $1.1), $0.0) }
    guard let largest else {
      return Self.numbers("present", Double(reference.presentCount), Double(current.presentCount))
    }
    return "\(largest.0): \(DisplayNumber.percent(largest.1)) -> \(DisplayNumber.percent(largest.2))"
  }

  private static func share(_ count: Int64?, _ whole: Int64) -> Double {
    whole > 0 ? Double(count ?? 0) / Double(whole) : 0
  }
}

/// Numbers for people: few digits, the same on every machine.
package enum DisplayNumber {
  /// At most four significant digits.
  package static func text(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
    if number == number.rounded(), abs(number) < 1e15 { return "\(Int64(number))" }
    var scale = 1.0
    let magnitude = abs(number)
    while magnitude * scale < 1000, scale < 1e9 { scale *= 10 }
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
  }

  /// `37 %`, with one digit behind the point below ten.
  package static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    if tenths == 0, share > 0 { return "< 0.1 %" }
    if tenths >= 100 || tenths.truncatingRemainder(dividingBy: 10) == 0 {
      return "\(Int64((share * 100).rounded())) %"
    }
    return "\(Int64(tenths) / 10).\(Int64(tenths) % 10) %"
  }
}
