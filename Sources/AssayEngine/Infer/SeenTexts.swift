import AssayCore
import AssayRules

/// The texts of one column that can be looked at: all of them while they are counted by name, else those of the
/// sampled records.
struct SeenTexts {
  /// Distinct texts, in no order.
  let names: [String]
  /// Of all texts, in UTF-8 bytes.
  private let lengths: IntegerSketch?

  /// The texts of a feature of an image.
  init(_ column: ColumnProfile) {
    names = column.texts?.categories.byName?.map(\.name) ?? []
    lengths = column.texts?.lengths
  }

  /// The texts of a field. Sampled texts end after 128 bytes.
  init(_ column: ColumnProfile, of field: String, in sample: BottomSample) {
    lengths = column.texts?.lengths
    if let texts = column.texts, texts.categories.isExact {
      names = texts.categories.byName?.map(\.name) ?? []
    } else {
      names = Array(Set(column.texts == nil ? [] : sample.values(field: field).compactMap { $0?.text }))
    }
  }

  /// The digest that all `count` values have the shape of: every one of its length, and every one seen in its shape.
  func mask(all count: Int) -> MaskAlgorithm? {
    guard let lengths, lengths.count == Int64(count), lengths.minimum == lengths.maximum else { return nil }
    let shapes = Set(names.map { MaskShape(of: $0) })
    guard shapes.count == 1, case .digest(let algorithm)? = shapes.first else { return nil }
    return algorithm
  }
}
