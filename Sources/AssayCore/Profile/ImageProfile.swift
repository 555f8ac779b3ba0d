/// What a profile keeps of all images of one name.
///
/// Outcomes, reasons and header facts are those of every image; pixel features and pixel counts those of `ok`
/// images only.
///
/// *Merge law*: that of its parts.
package struct ImageProfile: Sendable {
  /// Images by outcome, in the order of `DecodeOutcome`.
  private var outcomes = [Int64](repeating: 0, count: DecodeOutcome.allCases.count)
  /// Images by the code that says why they are not `ok`, or remarks on one that is.
  package private(set) var reasons = SmallestKeys<Int64>(limit: 256)
  /// By the index of the profile's features.
  package private(set) var columns: [ColumnProfile]
  package private(set) var pixels: PixelSketch

  private static let isHeader = BuiltinFeature.definitions.map { $0.origin == .header }

  package init(features: [ProfiledFeature], scale: SketchScale) {
    columns = features.map { ColumnProfile(scale: scale, detail: ColumnProfile.Detail($0.kind)) }
    pixels = PixelSketch(scale: scale)
  }

  /// The number of images of that outcome.
  package func count(_ outcome: DecodeOutcome) -> Int64 { outcomes[Int(outcome.rawValue)] }

  /// The number of images.
  package var count: Int64 { outcomes.reduce(0, &+) }

  package mutating func observe(_ image: ImageObservation, hasher: SipHash) {
    let isOK = image.outcome == .ok
    outcomes[Int(image.outcome.rawValue)] &+= 1
    if let reason = image.reason { reasons.count(reason, hasher: hasher) }
    for index in 0..<min(columns.count, image.features.count) where isOK || Self.isHeader[index] {
      columns[index].observe(image.features[index], hasher: hasher)
    }
    if isOK, let summary = image.pixels { pixels.observe(summary) }
  }

  package mutating func merge(_ other: ImageProfile, hasher: SipHash) {
    for index in outcomes.indices { outcomes[index] &+= other.outcomes[index] }
    reasons.merge(other.reasons, hasher: hasher)
    for index in columns.indices { columns[index].merge(other.columns[index], hasher: hasher) }
    pixels.merge(other.pixels)
  }

  func encode(to writer: inout JSONWriter, features: [ProfiledFeature]) {
    writer.beginObject()
    writer.name("outcomes")
    writer.beginObject()
    for outcome in DecodeOutcome.allCases { writer.count(outcome.name, count(outcome)) }
    writer.endObject()
    writer.name("reasons")
    reasons.encode(to: &writer)
    writer.name("features")
    writer.beginObject()
    for (feature, column) in zip(features, columns) where !column.isEmpty {
      writer.name(feature.name, onNewLine: true)
      column.encode(to: &writer)
    }
    writer.endObject()
    writer.name("pixels", onNewLine: true)
    pixels.encode(to: &writer)
    writer.endObject()
  }

  init(
    from reader: inout JSONReader, features: [ProfiledFeature], scale: SketchScale, hasher: SipHash
  ) throws(JSONError) {
    self.init(features: features, scale: scale)
    var members = try JSONMembers(&reader)
    try members.require("outcomes", &reader)
    var counts = try JSONMembers(&reader)
    for outcome in DecodeOutcome.allCases {
      outcomes[Int(outcome.rawValue)] = try counts.count(outcome.name, &reader)
    }
    try counts.end(&reader)
    try members.require("reasons", &reader)
    reasons = try SmallestKeys(from: &reader, limit: 256, hasher: hasher)
    try members.require("features", &reader)
    var named = try JSONMembers(&reader)
    for (index, feature) in features.enumerated() where try named.has(feature.name, &reader) {
      columns[index] = try ColumnProfile(
        from: &reader, scale: scale, detail: ColumnProfile.Detail(feature.kind), hasher: hasher)
    }
    try named.end(&reader)
    try members.require("pixels", &reader)
    pixels = try PixelSketch(from: &reader, scale: scale)
    try members.end(&reader)
  }
}

/// A built-in feature as a profile's header names it.
package struct ProfiledFeature: Sendable, Hashable {
  package var name: String
  package var kind: FeatureKind

  /// The built-in features of this build, in their order.
  package static let builtin = BuiltinFeature.definitions.map {
    ProfiledFeature(name: $0.name, kind: $0.kind)
  }
}
