extension Profile {
  /// The sampled records that are not in the sample of `other` too: what two-sample tests may stand on.
  ///
  /// A picture is the same record under any name. Rows of a table are alike by chance, so these are the same only under
  /// the same key.
  package func sampledRows(without other: Profile) -> [SampleRow] {
    let theirs = other.sample.rows
    let pictures = Set(theirs.filter(\.hasPixels).map(\.contentHash))
    let records = Set(theirs.map { [$0.keyHash, $0.contentHash] })
    return sample.rows.filter { row in
      !(row.hasPixels && pictures.contains(row.contentHash))
        && !records.contains([row.keyHash, row.contentHash])
    }
  }
}

extension SampleRow {
  /// Whether the default image was decoded.
  fileprivate var hasPixels: Bool { pHash != nil }
}
