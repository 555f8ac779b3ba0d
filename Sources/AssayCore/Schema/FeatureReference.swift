/// A feature, a field or a measurement, by the one name it has everywhere.
package enum FeatureReference: Sendable, Hashable {
  /// A built-in feature of the named image: `image.width`, `mask.height`.
  case image(String, BuiltinFeature)
  /// A metadata field: `field.label`.
  case field(String)
  /// What a measurement plugin gives: `com.example.watermark/1:score`.
  case measurement(String)

  /// The full name.
  package var fullName: String {
    switch self {
    case .image(let image, let feature): "\(image).\(feature.definition.name)"
    case .field(let name): "field.\(name)"
    case .measurement(let name): name
    }
  }

  /// The name without its prefix.
  package var bareName: String {
    switch self {
    case .image(_, let feature): feature.definition.name
    case .field(let name): name
    case .measurement(let name):
      String(name[(name.lastIndex(of: ":").map(name.index(after:)) ?? name.startIndex)...])
    }
  }

  /// Reads a full name; nil for a bare one and for features that do not exist.
  package init?(fullName: String) {
    let parts = fullName.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    if parts.count == 2, parts[0] == "field" {
      self = .field(parts[1])
    } else if fullName.contains(":") {
      self = .measurement(fullName)
    } else if parts.count == 2, let feature = BuiltinFeature.byName[parts[1]] {
      self = .image(parts[0], feature)
    } else {
      return nil
    }
  }
}

extension FeatureReference: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let reference = FeatureReference(fullName: name) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no feature named \(name)")
    }
    self = reference
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(fullName)
  }
}
