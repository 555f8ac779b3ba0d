/// One feature of a reference and a current set, side by side.
package struct ComparedFeature: Sendable {
  /// How the feature is to be compared.
  package enum Form: Sendable {
    /// Numbers in an order.
    case ordered(NumericDistribution, NumericDistribution)
    /// Words, flags, and numbers that are only names.
    case categories
    /// Pixel counts by code value. Shape: 256 on each side.
    case histogram([Int64], [Int64])
  }

  package var name: String
  package var unit: String
  package var form: Form
  package var reference: ColumnProfile
  package var current: ColumnProfile
  /// Records of the two sets, with or without the feature.
  package var referenceRecords: Int64
  package var currentRecords: Int64

  /// Records that have the feature.
  package var referenceCount: Int64 {
    if case .histogram = form { referenceRecords } else { reference.presentCount }
  }
  package var currentCount: Int64 {
    if case .histogram = form { currentRecords } else { current.presentCount }
  }
}

extension ComparedFeature {
  /// All features that both or one of the two populations have, in the order of the built-ins, then by name.
  /// Private fields and digests are not among them: there is nothing to compare.
  package static func all(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    images(reference, current) + fields(reference, current) + measurements(reference, current)
  }

  private static func images(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    let names = Set(reference.images.sorted.map(\.name)).union(current.images.sorted.map(\.name)).sorted()
    return names.flatMap { name -> [ComparedFeature] in
      guard let left = reference.images[name], let right = current.images[name] else { return [] }
      return builtins(name, left, right) + histograms(name, left, right)
    }
  }

  private static func builtins(_ image: String, _ left: ImageProfile, _ right: ImageProfile)
    -> [ComparedFeature]
  {
    BuiltinFeature.allCases.compactMap { feature in
      let definition = feature.definition
      guard definition.kind != .identity else { return nil }
      return make(
        "\(image).\(definition.name)", unit: definition.unit, definition.kind, left.columns[feature.rawValue],
        right.columns[feature.rawValue], left.count, right.count)
    }
  }

  private static func histograms(_ image: String, _ left: ImageProfile, _ right: ImageProfile)
    -> [ComparedFeature]
  {
    guard left.pixels.imageCount > 0, right.pixels.imageCount > 0 else { return [] }
    return ["red", "green", "blue", "luma"].enumerated().map { channel, name in
      let range = channel * 256..<(channel + 1) * 256
      return ComparedFeature(
        name: "\(image).\(name)_histogram", unit: "code value",
        form: .histogram(Array(left.pixels.codeValues[range]), Array(right.pixels.codeValues[range])),
        reference: ColumnProfile(scale: .whole), current: ColumnProfile(scale: .whole),
        referenceRecords: left.pixels.imageCount, currentRecords: right.pixels.imageCount)
    }
  }

  private static func fields(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    columns(reference.fields, current.fields, "field.", reference.recordCount, current.recordCount)
  }

  private static func measurements(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    columns(reference.measurements, current.measurements, "", reference.recordCount, current.recordCount)
  }

  private static func columns(
    _ reference: SmallestKeys<ColumnProfile>, _ current: SmallestKeys<ColumnProfile>, _ prefix: String,
    _ referenceRecords: Int64, _ currentRecords: Int64
  ) -> [ComparedFeature] {
    let names = Set(reference.sorted.map(\.name)).union(current.sorted.map(\.name)).sorted()
    return names.compactMap { name in
      let empty = ColumnProfile(scale: .whole)
      let (left, right) = (reference[name] ?? empty, current[name] ?? empty)
      guard left.privacy == nil, right.privacy == nil else { return nil }
      let isNumeric = left.texts == nil && right.texts == nil && left.numbers != nil
      return make(
        prefix + name, unit: "", isNumeric ? .real : .category, left, right, referenceRecords, currentRecords)
    }
  }

  private static func make(
    _ name: String, unit: String, _ kind: FeatureKind, _ left: ColumnProfile, _ right: ColumnProfile,
    _ referenceRecords: Int64, _ currentRecords: Int64
  ) -> ComparedFeature? {
    guard left.presentCount + right.presentCount > 0 else { return nil }
    var form = Form.categories
    if kind == .integer || kind == .real, let reference = left.numbers, let current = right.numbers {
      form = .ordered(reference, current)
    }
    return ComparedFeature(
      name: name, unit: unit, form: form, reference: left, current: right, referenceRecords: referenceRecords,
      currentRecords: currentRecords)
  }
}
