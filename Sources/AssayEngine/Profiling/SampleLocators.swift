package import AssayCore

/// Where the sampled records of a run are. A profile keeps no names; a report on sources that were read now can.
package struct SampleLocators: Sendable {
  private var places: [SampleKey: Locator] = [:]

  package init() {}

  /// Where the sampled record is; nil if this run did not read it.
  package func locator(of row: SampleRow) -> Locator? { places[row.sampleKey] }

  /// Remembers where the record is that became a row of the sample; of equal records the first.
  mutating func note(_ key: SampleKey, _ locator: Locator, in sample: BottomSample) {
    if places[key] == nil { places[key] = locator }
    if places.count > 4 * BottomSample.limit { forgetAllBut(sample.rows) }
  }

  private mutating func forgetAllBut(_ rows: [SampleRow]) {
    let kept = Set(rows.map(\.sampleKey))
    places = places.filter { kept.contains($0.key) }
  }
}
