/// A share written in decimal, kept exactly: `0.1%` is 1 / 1000, so that no rounding decides a verdict.
package struct Proportion: Sendable, Hashable, Codable {
  /// Range: 0...denominator.
  package let numerator: UInt64
  /// A power of ten.
  package let denominator: UInt64

  /// Reads `5%`, `0.1 %` or `0.05`; nil for anything else, for more than 15 decimals and outside [0, 1].
  package init?(_ text: String) {
    var digits = Substring(text)
    let isPercentage = digits.hasSuffix("%")
    if isPercentage { digits.removeLast() }
    while isPercentage, digits.hasSuffix(" ") { digits.removeLast() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, whole.count <= 3 else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || !decimals.isEmpty, decimals.count <= 15 else { return nil }
    guard (whole + decimals).utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let value = UInt64(whole + decimals)
    else { return nil }
    var scale: UInt64 = isPercentage ? 100 : 1
    for _ in 0..<decimals.count { scale *= 10 }
    guard value <= scale else { return nil }
    numerator = value
    denominator = scale
  }

  /// The nearest number.
  package var value: Double { Double(numerator) / Double(denominator) }

  /// Whether `part` of `whole` is a larger share than this one. Exact for all counts.
  package func isExceeded(by part: Int, of whole: Int) -> Bool { order(part, whole) > 0 }

  /// Whether `part` of `whole` is a smaller share than this one. Exact for all counts.
  package func isMissed(by part: Int, of whole: Int) -> Bool { order(part, whole) < 0 }

  /// The sign of `part / whole` minus this share.
  private func order(_ part: Int, _ whole: Int) -> Int {
    precondition(part >= 0 && whole >= 0, "counts are not negative")
    let left = UInt64(part).multipliedFullWidth(by: denominator)
    let right = UInt64(whole).multipliedFullWidth(by: numerator)
    if left.high != right.high { return left.high < right.high ? -1 : 1 }
    return left.low == right.low ? 0 : (left.low < right.low ? -1 : 1)
  }
}

extension Proportion: CustomStringConvertible {
  /// As a percentage in decimal, without superfluous zeros.
  package var description: String {
    let hundredths = denominator >= 100 ? denominator / 100 : 1
    let scaled = denominator >= 100 ? numerator : numerator * (100 / denominator)
    let whole = scaled / hundredths
    var rest = String(scaled % hundredths)
    let width = String(hundredths).count - 1
    rest = String(repeating: "0", count: max(0, width - rest.count)) + rest
    while rest.hasSuffix("0") { rest.removeLast() }
    return rest.isEmpty ? "\(whole)%" : "\(whole).\(rest)%"
  }
}
