package import AssayCore

/// Makes observations of every shape from a seed: images of every outcome, fields of every type, private fields,
/// measurements, slices, groups, times, and keys that occur twice.
package struct ObservationForge {
  private var random: SplitMix64
  private var previous: Observation?
  /// Distinct groups and slices to choose from, and the span of times in seconds.
  package var groupCount = 5
  package var sliceCount = 3
  package var timeSpan: Int64 = 86_400 * 30
  /// Whether records have images with all features; without, they are rows of a table.
  package var hasImages = true

  /// A forge whose observations are a function of `seed`.
  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// The next `count` observations.
  package mutating func observations(_ count: Int) -> [Observation] { (0..<count).map { _ in next() } }

  /// One observation; one in twelve repeats the one before, half of those with another field.
  package mutating func next() -> Observation {
    if let previous, chance(12) {
      var again = previous
      if chance(2) { again.fields.append(FieldObservation(name: "extra", value: value())) }
      return again
    }
    let number = random.next()
    var observation = Observation(
      key: RecordKey("images/\(number % 100_000).jpg"), locator: Locator(source: "set/"),
      images: hasImages ? images() : [], fields: fields(),
      measurements: [NamedValue(name: "org.assay.test/1:x", value: value())], contentDigest: digest(),
      recordDigest: digest())
    observation.slices = (0..<2).map { _ in "slice-\(random.next() % UInt64(sliceCount))" }
    observation.group = chance(10) ? nil : "group-\(random.next() % UInt64(groupCount))"
    observation.time = chance(10) ? nil : Int64(random.next() % UInt64(timeSpan)) - timeSpan / 2
    previous = observation
    return observation
  }

  private mutating func chance(_ sides: UInt64) -> Bool { random.next() % sides == 0 }

  private mutating func digest() -> [UInt8] { (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) } }

  private mutating func images() -> [ImageObservation] {
    var images = [image("image")]
    if chance(3) { images.append(image("mask")) }
    return images
  }

  private mutating func image(_ name: String) -> ImageObservation {
    let outcome = chance(8) ? DecodeOutcome.allCases[Int(random.next() % 8)] : .ok
    var features = BuiltinFeature.definitions.map { definition -> Value in
      if chance(15) { return .missing }
      return switch definition.kind {
      case .integer: .integer(Int64(random.next() % 6000))
      case .real: .real(Double.random(in: 0...1, using: &random))
      case .category: .text("category-\(random.next() % 6)")
      case .flag: .boolean(chance(2))
      case .identity: .text("0123456789abcdef")
      }
    }
    if outcome != .ok { features[BuiltinFeature.brightness.rawValue] = .real(.greatestFiniteMagnitude) }
    return ImageObservation(
      name: name, outcome: outcome, reason: outcome == .ok ? nil : "decode.\(outcome.name)",
      features: features,
      pixels: outcome == .ok ? pixels() : nil)
  }

  private mutating func pixels() -> PixelSummary {
    var histograms = [UInt32](repeating: 0, count: 4 * 256)
    for _ in 0..<100 { histograms[Int(random.next() % 1024)] += UInt32(random.next() % 5000) }
    return PixelSummary(
      histograms: histograms, redBlue: (0..<256).map { _ in UInt32(random.next() % 300) },
      thumbnail: (0..<192).map { _ in UInt8(truncatingIfNeeded: random.next()) }, dHash: random.next(),
      pHash: random.next() % 500)
  }

  private mutating func fields() -> [FieldObservation] {
    var fields = [
      FieldObservation(
        name: "label", value: .text(["stop", "yield", "\u{e9}", "e\u{301}"][Int(random.next() % 4)])),
      FieldObservation(name: "mixed", value: value()),
      FieldObservation(
        name: "user", value: .missing,
        privacy: PrivateFacts(
          isPresent: !chance(5), maskKind: chance(3) ? "clear" : "sha256", lengthClass: Int(random.next() % 9)
        )),
    ]
    if chance(2) { fields.append(FieldObservation(name: "sometimes", value: value())) }
    return chance(4) ? fields.reversed() : fields
  }

  private mutating func value() -> Value {
    switch random.next() % 9 {
    case 0: .missing
    case 1: .boolean(chance(2))
    case 2: .integer(Int64(random.next() % 100) - 50)
    case 3: .integer(Int64(bitPattern: random.next()))
    case 4: .real(Double(bitPattern: random.next()))
    case 5: .real([0, -0.0, .nan, .infinity, 0.1][Int(random.next() % 5)])
    case 6: .text("text \(random.next() % 50)")
    case 7: .text("20\(10 + random.next() % 90)-0\(1 + random.next() % 9)-11T12:00:00Z")
    default: .vector((0..<40).map { _ in Double.random(in: -1...1, using: &random) })
    }
  }
}
