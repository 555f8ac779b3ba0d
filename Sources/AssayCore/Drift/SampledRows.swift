/// The sampled records of two sets that are on one side only: what two-sample tests may stand on.
///
/// A picture is the same record under any name. Rows of a table are alike by chance, so these are the same only under the
/// same key.
package struct SampledRows: Sendable {
  package let reference: [SampleRow]
  package let current: [SampleRow]

  package init(_ reference: Profile, _ current: Profile) {
    let (left, right) = (reference.sample.rows, current.sample.rows)
    let pictures = Self.pictures(left).intersection(Self.pictures(right))
    let records = Set(left.map(\.sampleKey)).intersection(right.map(\.sampleKey))
    func isOwn(_ row: SampleRow) -> Bool {
      !(row.hasPixels && pictures.contains(row.contentHash)) && !records.contains(row.sampleKey)
    }
    self.reference = left.filter(isOwn)
    self.current = right.filter(isOwn)
  }

  private static func pictures(_ rows: [SampleRow]) -> Set<UInt64> {
    Set(rows.filter(\.hasPixels).map(\.contentHash))
  }
}

extension SampleRow {
  /// Whether the default image was decoded.
  fileprivate var hasPixels: Bool { pHash != nil }
}
