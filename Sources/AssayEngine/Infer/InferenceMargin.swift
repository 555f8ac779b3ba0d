/// How far the next set may differ from the one a schema is inferred from, without being another.
///
/// Two halves of one set differ by chance. What no record of a half of n shows may still be in the other: a
/// thing that is in c records is in none of this half and all of that with chance 2^-c, which is below 5 %
/// from c = 5 on, so 4 records are allowed. A thing that k records show is allowed three standard deviations
/// of the difference, sqrt(2 k), on top.
enum InferenceMargin {
  /// What is never seen here may be seen in so many records of a set of the same size.
  static let unseen = 4.5

  /// The same for categories, of which several may be rare at once.
  static let unseenCategories = 6.5

  /// The same for copies, which come in clusters: of c equal records at most one is here with chance
  /// (c + 1) 2^-c, which is below 5 % from c = 8 on, and the other half then has up to 6 copies of it.
  static let unseenCopies = 6.5

  /// The most records of `count` that may show what `seen` records show, as a share in percent, rounded up.
  static func share(seen: Int, of count: Int, unseen: Double = unseen) -> String {
    guard count > 0 else { return "100%" }
    let records = Double(seen) + unseen + 3 * (2 * Double(seen)).squareRoot()
    let thousandths = Int((records / Double(count) * 100_000).rounded(.up))
    guard thousandths < 100_000 else { return "100%" }
    // Three decimals are more than anyone wants from a small set.
    let step = thousandths >= 1_000 ? 100 : (thousandths >= 100 ? 10 : 1)
    let rounded = (thousandths + step - 1) / step * step
    return percentage(rounded)
  }

  private static func percentage(_ thousandths: Int) -> String {
    var decimals = String(thousandths % 1_000)
    decimals = String(repeating: "0", count: 3 - decimals.count) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return decimals.isEmpty ? "\(thousandths / 1_000)%" : "\(thousandths / 1_000).\(decimals)%"
  }

  /// Bounds around what was seen, wider by a quarter of the span, and for a long tail by a factor of two;
  /// never outside `limits`, and rounded outward to two digits of the span.
  static func bounds(
    _ low: Double, _ high: Double, median: Double?, within limits: ClosedRange<Double>
  ) -> (low: Double, high: Double) {
    let span = high - low
    let isLongTailed = low >= 0 && high > 10 * (median ?? high)
    let step = step(for: Swift.max(span, abs(high) * 0.01))
    let lower = low >= 0 && low < span / 4 ? Swift.min(low / 2, low) : low - span / 4
    let upper = isLongTailed ? high * 2 : high + span / 4
    return (
      Swift.max(limits.lowerBound, (lower / step).rounded(.down) * step),
      Swift.min(limits.upperBound, (upper / step).rounded(.up) * step)
    )
  }

  /// A power of ten about a hundredth of the size.
  private static func step(for size: Double) -> Double {
    var step = 1.0
    while step * 100 > size, step > 1e-12 { step /= 10 }
    while step * 1_000 < size, step < 1e15 { step *= 10 }
    return step
  }
}
