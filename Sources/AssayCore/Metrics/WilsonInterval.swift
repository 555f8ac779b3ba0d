/// The Wilson score interval of a share that was seen `hits` times in `count`: where the true share lies, at 95 %.
///
/// *Source*: E. B. Wilson, 1927; in the form without cancellation near 0 and 1.
package struct WilsonInterval: Sendable, Hashable {
  package let low: Double
  package let high: Double

  /// The quantile of the normal distribution for two sides of 2.5 %.
  static let quantile = 1.959963984540054
  private static let square = quantile * quantile

  /// `count` is not 0.
  package init(hits: Int, of count: Int) {
    precondition(count > 0 && (0...count).contains(hits), "hits of a count")
    low = Self.low(Double(hits), Double(count))
    high = 1 - Self.low(Double(count - hits), Double(count))
  }

  private static func low(_ hits: Double, _ count: Double) -> Double {
    guard hits > 0 else { return 0 }
    let root = quantile * (hits * (count - hits) / count + square / 4).squareRoot()
    return hits * hits / (count * (hits + square / 2 + root))
  }

  /// The fewest records of which all can show a share of at least `share`; nil if no number of them can.
  package static func records(toShow share: Double) -> Int? {
    guard share < 1 else { return nil }
    let count = (share * square / (1 - share)).rounded(.up)
    return count < 1e15 ? Swift.max(1, Int(count)) : nil
  }
}
