package import AssayCore

/// What a schema is inferred from: a profile, or anything else that has counted a set.
package protocol InferenceFacts {
  var recordCount: Int { get }
  /// False for tables.
  var hasImages: Bool { get }
  /// The fields in the order they are to be written.
  var fieldNames: [String] { get }
  /// What is known of a feature of the default image, or of a field; nil if nothing is.
  func column(_ reference: FeatureReference) -> ColumnFacts?
  /// How many records are of that class; nil where nobody counted.
  func count(of kind: RecordClass) -> Share?
}

/// What is known of one column of a set.
package struct ColumnFacts: Sendable {
  /// Records with a value.
  package var present: Int
  /// Records without one.
  package var missing: Int
  /// Values that read as each type; text that spells a number counts for `string` and for `number`.
  package var readable: [FieldType: Int]
  /// The exact least and greatest number.
  package var min: Double?
  package var max: Double?
  package var median: Double?
  /// Every value with its count, spelled as a schema spells it; nil where there are too many to have been kept.
  package var categories: [String: Int]?
  /// The number of different values, exact or estimated; nil where unknown.
  package var distinct: Double?
  /// The digest that all values seen have the shape of.
  package var mask: MaskAlgorithm?
  /// Whether e-mail addresses, phone or card numbers were seen in it.
  package var hasPersonalData: Bool

  package init(
    present: Int, missing: Int, readable: [FieldType: Int] = [:], min: Double? = nil, max: Double? = nil,
    median: Double? = nil, categories: [String: Int]? = nil, distinct: Double? = nil,
    mask: MaskAlgorithm? = nil,
    hasPersonalData: Bool = false
  ) {
    self.present = present
    self.missing = missing
    self.readable = readable
    self.min = min
    self.max = max
    self.median = median
    self.categories = categories
    self.distinct = distinct
    self.mask = mask
    self.hasPersonalData = hasPersonalData
  }

  /// The narrowest type that every value reads as.
  package var type: FieldType? {
    let narrowestFirst: [FieldType] = [.boolean, .integer, .number, .timestamp, .string]
    return present == 0 ? nil : narrowestFirst.first { readable[$0] == present }
  }
}
