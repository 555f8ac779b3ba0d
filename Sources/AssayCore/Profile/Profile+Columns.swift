extension Population {
  /// The column of a built-in feature of the images of that name; nil if there are none.
  package func column(_ feature: BuiltinFeature, image: String = "image") -> ColumnProfile? {
    images[image]?.columns[feature.rawValue]
  }

  /// Images of that name by outcome; 0 for a name that does not occur.
  package func count(_ outcome: DecodeOutcome, image: String = "image") -> Int64 {
    images[image]?.count(outcome) ?? 0
  }

  /// Images of that name that a schema's `corrupt` bound counts.
  package func corruptCount(image: String = "image") -> Int64 {
    DecodeOutcome.allCases.filter(\.isCorrupt).reduce(0) { $0 &+ count($1, image: image) }
  }
}

extension Profile {
  /// An estimate of the records whose content is that of an earlier one; exact while `contents.isExact`.
  package var duplicateEstimate: Double { contents.duplicateEstimate }

  /// An estimate of the distinct contents that are in both sets; exact while both samples are.
  package func contentOverlapEstimate(with other: Profile) -> Double {
    contents.overlapEstimate(with: other.contents, hasher: hasher)
  }

  /// The most frequent texts of a field with too many to name, with upper bounds of their counts: most frequent
  /// first, then by name.
  ///
  /// Names come from the sample: a text of at least 0.5 % of 2,048 sampled records is missed with probability
  /// 3.5e-5; one longer than 128 bytes is never named.
  package func frequentTexts(field: String, limit: Int) -> [(name: String, count: Int64)] {
    guard let column = whole.fields[field] else { return [] }
    if let names = column.texts?.categories.byName {
      return Array(
        names.sorted { ($1.count, ExactText($0.name)) < ($0.count, ExactText($1.name)) }.prefix(limit))
    }
    let texts = sample.rows.flatMap(\.fields).filter { ExactText.areEqual($0.name, field) }.compactMap(
      \.value.text)
    let names = Set(texts.filter { $0.utf8.count < SampleRow.textByteLimit }.map(ExactText.init))
    let counts = names.map { ($0, column.count(of: $0.text, hasher: hasher) ?? 0) }
    return counts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(limit).map { ($0.0.text, $0.1) }
  }
}

extension BottomSample {
  /// One value per row of a built-in feature; nil where the row has no such image.
  package func values(_ feature: BuiltinFeature, image: String = "image") -> [Value?] {
    rows.map { row in
      row.images.first { ExactText.areEqual($0.name, image) }.map { $0.features[feature.rawValue] }
    }
  }

  /// One value per row of a field; nil where the row has no such field.
  package func values(field: String) -> [Value?] {
    rows.map { row in row.fields.first { ExactText.areEqual($0.name, field) }?.value }
  }

  /// One value per row of a measurement; nil where the row has no such measurement.
  package func values(measurement: String) -> [Value?] {
    rows.map { row in row.measurements.first { ExactText.areEqual($0.name, measurement) }?.value }
  }
}
