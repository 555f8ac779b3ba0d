/// The sampled records that show a drift best: those whose value of one feature is common on their side and rare on the
/// other.
package struct TellingRows: Sendable {
  package var reference: [SampleRow]
  package var current: [SampleRow]

  /// Up to `count` rows of each side; nil for a feature that sampled rows do not have, or that does not vary.
  package init?(
    _ feature: String, isOrdered: Bool, _ rows: SampledRows, _ reference: Profile, _ current: Profile,
    count: Int = 3
  ) {
    guard let left = SampledColumn(feature, reference), let right = SampledColumn(feature, current),
      let odds = SampledOdds(
        rows.reference.map(left.value), rows.current.map(right.value),
        isOrdered ? .numbers(bins: 20) : .categories)
    else { return nil }
    self.current = Self.first(count, rows.current) { odds.ofCurrent(right.value($0)) }
    self.reference = Self.first(count, rows.reference) { odds.ofCurrent(left.value($0)).map { -$0 } }
  }

  /// The rows with the largest scores; of equals those of the smallest keyed hashes.
  private static func first(_ count: Int, _ rows: [SampleRow], _ score: (SampleRow) -> Double?) -> [SampleRow]
  {
    let scored = rows.compactMap { row in score(row).map { (row: row, score: $0) } }
    return scored.filter { $0.score > 0 }.sorted {
      ($1.score, $0.row.keyHash) < ($0.score, $1.row.keyHash)
    }.prefix(count).map(\.row)
  }
}

/// How much more common a value is on the current side than on the reference's.
private struct SampledOdds {
  private let column: StratifiedColumn

  init?(_ reference: [Value], _ current: [Value], _ form: StratifiedColumn.Form) {
    func members(_ values: [Value]) -> [StratifiedColumn.Member] {
      values.map { StratifiedColumn.Member(stratum: "", value: $0) }
    }
    guard let column = StratifiedColumn(members(reference), members(current), form) else { return nil }
    self.column = column
  }

  /// The difference of the shares of the value's bin over their sum. Range: [-1, 1]. Nil for a value without a bin.
  func ofCurrent(_ value: Value) -> Double? {
    guard let bin = column.bin(of: value) else { return nil }
    let p = Double(column.reference[0][bin]) / Double(column.referenceCount)
    let q = Double(column.current[0][bin]) / Double(column.currentCount)
    return p + q > 0 ? (q - p) / (q + p) : nil
  }
}
