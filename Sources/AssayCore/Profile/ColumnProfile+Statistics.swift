extension ColumnProfile {
  /// The column's integers and reals in buckets; nil if it has neither.
  package var numbers: NumericDistribution? { NumericDistribution(self) }

  /// The number of finite numbers.
  package var finiteCount: Int64 { (integers?.count ?? 0) &+ (reals?.finiteCount ?? 0) }

  /// The mean of the finite numbers, from their exact sum; nil if there is none.
  package var mean: Double? {
    let count = finiteCount
    return count > 0 ? pooled(.first, \.sum, \.sum).rounded / Double(count) : nil
  }

  /// The variance of the finite numbers around their mean (divided by n); nil if there is none.
  ///
  /// n sum(x^2) - sum(x)^2 is taken in exact integers, so a large offset costs no digits.
  package var variance: Double? {
    let count = finiteCount
    guard count > 0 else { return nil }
    let sum = pooled(.first, \.sum, \.sum).exact
    let squares = pooled(.second, \.sumOfSquares, \.sumOfSquares)
    let numerator = squares.exact * WideInteger(count) - sum * sum
    return numerator.rounded(lowestExponent: squares.lowestExponent) / Double(count) / Double(count)
  }

  /// The quantile of the numbers (`NumericDistribution.quantile`); nil if there is none.
  package func quantile(_ q: Double) -> Double? { numbers?.quantile(q) }

  /// The least and the greatest finite number; nil if there is none.
  package var bounds: ClosedRange<Double>? {
    guard let numbers, numbers.minimum <= numbers.maximum else { return nil }
    return numbers.minimum...numbers.maximum
  }

  /// The share of `recordCount` records that have no value here: marked as missing, or without the column.
  /// Private values count as values.
  package func missingShare(of recordCount: Int64) -> Double {
    guard recordCount > 0 else { return 0 }
    return 1 - Double(presentCount &+ (privacy?.presentCount ?? 0)) / Double(recordCount)
  }

  /// The number of distinct values, exact or estimated; nil where it is not kept.
  package var distinctEstimate: Double? {
    guard detail == .full else { return nil }
    let flags = (falseCount > 0 ? 1.0 : 0) + (trueCount > 0 ? 1 : 0)
    return (distinct?.estimate ?? 0) + flags
  }

  /// Texts, whole numbers, and `false` and `true`, with their counts, ascending by name; nil if there are too many to name.
  package var categoryCounts: [(name: String, count: Int64)]? {
    guard let names = texts.map({ $0.categories.byName }) ?? [] else { return nil }
    guard let numbers = integers.map({ $0.exactCounts }) ?? [] else { return nil }
    let others =
      [("false", falseCount), ("true", trueCount)].filter { $0.1 > 0 }
      + numbers.map { ("\($0.value)", $0.count) }
    if others.isEmpty { return names }
    let known = Dictionary(names.map { (ExactText($0.name), $0.count) }, uniquingKeysWith: &+)
    let all = known.merging(others.map { (ExactText($0.0), $0.1) }, uniquingKeysWith: &+)
    return all.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) }
  }

  /// How often a value occurs: exact for flags, named texts and counted integers, an upper bound for a text
  /// among too many; nil where nothing can tell.
  package func count(of value: Value, hasher: SipHash) -> Int64? {
    switch value {
    case .missing: missingCount
    case .boolean(let flag): flag ? trueCount : falseCount
    case .text(let text): count(of: text, hasher: hasher)
    case .integer(let integer):
      if let integers { integers.exactCounts.map { $0.first { $0.value == integer }?.count ?? 0 } } else { 0 }
    case .real, .vector: nil
    }
  }

  /// How often a text occurs: exact or, with too many names, an upper bound; nil where nothing can tell.
  package func count(of text: String, hasher: SipHash) -> Int64? {
    guard let texts else { return 0 }
    return texts.categories.count(of: text, hash: hasher.hash(text: text))
  }

  private func pooled(
    _ power: ExactSum.Power, _ integerSum: KeyPath<IntegerSketch, ExactSum>,
    _ realSum: KeyPath<RealSketch, ExactSum>
  ) -> ExactSum {
    var sum = ExactSum(power)
    if let integers { sum.merge(integers[keyPath: integerSum]) }
    if let reals { sum.merge(reals[keyPath: realSum]) }
    return sum
  }
}
