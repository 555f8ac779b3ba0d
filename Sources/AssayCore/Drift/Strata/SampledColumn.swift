/// One feature of the sampled records of a set, by full name.
package struct SampledColumn: Sendable {
  private enum Place: Sendable {
    case image(String, Int)
    case field(String)
    case measurement(String)
  }

  private let place: Place

  /// Nil where the profile knows no such feature.
  package init?(_ name: String, _ profile: Profile) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    if name.contains("/") {
      place = .measurement(name)
    } else if parts.count == 2, parts[0] == "field" {
      place = .field(parts[1])
    } else if parts.count == 2, let index = profile.features.firstIndex(where: { $0.name == parts[1] }) {
      place = .image(parts[0], index)
    } else {
      return nil
    }
  }

  /// What the record has; missing where it has nothing.
  package func value(_ row: SampleRow) -> Value {
    switch place {
    case .field(let name): row.fields.first { $0.name == name }?.value ?? .missing
    case .measurement(let name): row.measurements.first { $0.name == name }?.value ?? .missing
    case .image(let image, let index):
      row.images.first { $0.name == image }.flatMap { index < $0.features.count ? $0.features[index] : nil }
        ?? .missing
    }
  }
}
