import AssayCore

/// Exact counts of the values that `share` rules name: a profile only estimates them where a feature has too many.
struct ShareCounts {
  private struct Feature {
    var presentCount = 0
    /// By the value's spelling in the schema.
    var counts: [String: Int] = [:]
  }

  private var features: [FeatureReference: Feature] = [:]

  init(_ rules: [SetRule]) {
    for case .share(let feature, let value, _) in rules.map(\.check) {
      features[feature, default: Feature()].counts[value] = 0
    }
  }

  /// Whether no rule asks for a share.
  var isEmpty: Bool { features.isEmpty }

  mutating func observe(_ observation: Observation) {
    for feature in features.keys {
      let value = observation.value(of: feature)
      guard !value.isMissing else { continue }
      features[feature]?.presentCount += 1
      features[feature]?.counts[value.canonicalText]? += 1
    }
  }

  /// Nil for a value that no rule names, and for a feature that no record was seen to have, as a private one is.
  func share(of value: String, in feature: FeatureReference) -> Share? {
    guard let counted = features[feature], counted.presentCount > 0, let count = counted.counts[value] else {
      return nil
    }
    return Share(part: count, whole: counted.presentCount)
  }
}

extension Observation {
  /// The value of a feature; that of pixels only where the image is whole.
  fileprivate func value(of feature: FeatureReference) -> Value {
    switch feature {
    case .field(let name): fields.first { $0.name == name }?.value ?? .missing
    case .measurement(let name): measurements.first { $0.name == name }?.value ?? .missing
    case .image(let name, let builtin): value(of: builtin, image: images.first { $0.name == name })
    }
  }

  private func value(of feature: BuiltinFeature, image: ImageObservation?) -> Value {
    guard let image else { return .missing }
    let isOfPixels = BuiltinFeature.definitions[feature.rawValue].origin == .pixels
    return isOfPixels && image.outcome != .ok ? .missing : image.features[feature.rawValue]
  }
}
