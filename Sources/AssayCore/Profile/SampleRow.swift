/// One record of a profile's sample: what two-sample tests need, and nothing private.
///
/// Values are shortened when the row is made, so that a sample stays small: reals keep 28 bits of their
/// significand, texts 128 bytes, vectors become at most 32 small integers.
package struct SampleRow: Sendable, Hashable {
  /// The keyed hash of the record's key.
  package var keyHash: UInt64
  /// The keyed hash of the record's content digest.
  package var contentHash: UInt64
  /// The perceptual and the difference hash of the default image, where it has pixels.
  package var pHash: UInt64?
  package var dHash: UInt64?
  /// The features of the images that are `ok`, ascending by the images' names.
  package var images: [SampledImage]
  /// Fields that are not private, and measurements, ascending by name.
  package var fields: [NamedValue]
  package var measurements: [NamedValue]
  /// Shares of pixels in units of 1/4095 by code value. Shape: 3 x 16, channels R, G, B; empty without
  /// pixels.
  package var histogram: [UInt16]
  /// Area averages. Shape: 8 x 8 x 3, R G B interleaved; empty without pixels and for private images.
  package var thumbnail: [UInt8]
}

/// The features of one image of a sampled record.
package struct SampledImage: Sendable, Hashable {
  package var name: String
  /// By the index of the profile's features; identities are missing.
  package var features: [Value]
}

/// Which record a row of a sample is of.
package struct SampleKey: Sendable, Hashable {
  package var keyHash: UInt64
  package var contentHash: UInt64
}

extension SampleRow {
  package var sampleKey: SampleKey { SampleKey(keyHash: keyHash, contentHash: contentHash) }

  /// The longest text that a row keeps whole, in bytes.
  package static let textByteLimit = 128

  /// The most fields, measurements or images that a row keeps: the first by name.
  package static let partLimit = 256

  /// The row of a record.
  package init(_ observation: Observation, keyHash: UInt64, contentHash: UInt64) {
    self.keyHash = keyHash
    self.contentHash = contentHash
    let pixels = observation.images.first.flatMap { $0.outcome == .ok ? $0.pixels : nil }
    pHash = pixels?.pHash
    dHash = pixels?.dHash
    histogram = pixels.map { Self.shares($0.histograms) } ?? []
    thumbnail = pixels?.thumbnail.count == 8 * 8 * 3 ? pixels?.thumbnail ?? [] : []
    images = Self.canonical(observation.images.filter { $0.outcome == .ok }.map(SampledImage.init))
    fields = Self.canonical(
      observation.fields.filter { $0.privacy == nil }.map {
        NamedValue(name: $0.name, value: Self.shortened($0.value))
      })
    measurements = Self.canonical(
      observation.measurements.map { NamedValue(name: $0.name, value: Self.shortened($0.value)) })
  }

  /// Ascending by name; of two under one name, the one whose bytes come first; without very long names.
  private static func canonical<Part: SampledPart>(_ parts: [Part]) -> [Part] {
    let limit = SmallestKeys<Int64>.maximumNameByteCount
    let kept = parts.filter { $0.name.utf8.count <= limit }
    if kept.count < 2 { return kept }
    let sorted = kept.sorted {
      let (left, right) = (ExactText($0.name), ExactText($1.name))
      return left == right ? $0.wireBytes.lexicographicallyPrecedes($1.wireBytes) : left < right
    }
    let distinct = sorted.indices.filter {
      $0 == 0 || !ExactText.areEqual(sorted[$0 - 1].name, sorted[$0].name)
    }
    return distinct.prefix(partLimit).map { sorted[$0] }
  }

  /// The value as a row keeps it.
  package static func shortened(_ value: Value) -> Value {
    switch value {
    case .missing, .boolean, .integer: value
    case .real(let real): .real(shortened(real))
    case .text(let text): .text(shortened(text))
    case .vector(let vector): .vector(SignProjection.project(vector).map(Double.init))
    }
  }

  /// The nearest Double whose lowest 24 bits are 0; towards zero if that is infinite. One NaN for all.
  private static func shortened(_ real: Double) -> Double {
    if real.isNaN { return .nan }
    if real.isInfinite { return real }
    let mask: UInt64 = (1 << 24) - 1
    let rounded = Double(bitPattern: (real.bitPattern + 1 << 23) & ~mask)
    return rounded.isFinite ? rounded : Double(bitPattern: real.bitPattern & ~mask)
  }

  /// The longest start of whole characters (scalars) that fits.
  private static func shortened(_ text: String) -> String {
    if text.utf8.count <= textByteLimit { return text }
    var end = text.startIndex
    var byteCount = 0
    for index in text.unicodeScalars.indices {
      byteCount += UTF8.width(text.unicodeScalars[index])
      if byteCount > textByteLimit { break }
      end = text.unicodeScalars.index(after: index)
    }
    return String(text[..<end])
  }

  /// Sixteen equal bins a channel, of R, G and B, as shares of the channel's pixels.
  private static func shares(_ histograms: [UInt32]) -> [UInt16] {
    guard histograms.count >= 3 * 256 else { return [] }
    return (0..<3).flatMap { channel -> [UInt16] in
      let bins = (0..<16).map { bin in
        let start = 256 * channel + 16 * bin
        return histograms[start..<start + 16].reduce(0) { $0 + UInt64($1) }
      }
      let total = max(bins.reduce(0, +), 1)
      return bins.map { UInt16(($0 * 4095 + total / 2) / total) }
    }
  }

  /// All of the row as bytes: what decides between two rows of one key and content.
  var wireBytes: [UInt8] {
    var writer = ByteWriter()
    writer.optional(pHash) { $0.fixed($1) }
    writer.optional(dHash) { $0.fixed($1) }
    writer.list(images) { $0.bytes += $1.wireBytes }
    writer.list(fields) { $0.bytes += $1.wireBytes }
    writer.list(measurements) { $0.bytes += $1.wireBytes }
    writer.blob(histogram.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
    writer.blob(thumbnail)
    return writer.bytes
  }
}

/// A named part of a sampled record.
private protocol SampledPart {
  var name: String { get }
  /// The part as bytes: what decides between two of one name.
  var wireBytes: [UInt8] { get }
}

extension NamedValue: SampledPart {
  fileprivate var wireBytes: [UInt8] {
    var writer = ByteWriter()
    encode(to: &writer)
    return writer.bytes
  }
}

extension SampledImage: SampledPart {
  /// The features of `image` as a row keeps them.
  init(_ image: ImageObservation) {
    name = image.name
    features = image.features.enumerated().map { index, value in
      index < Self.isIdentity.count && Self.isIdentity[index] ? .missing : SampleRow.shortened(value)
    }
  }

  private static let isIdentity = BuiltinFeature.definitions.map { $0.kind == .identity }

  fileprivate var wireBytes: [UInt8] {
    var writer = ByteWriter()
    writer.text(name)
    writer.list(features) { $1.encode(to: &$0) }
    return writer.bytes
  }
}

/// A vector of any length as at most 32 small integers that keep angles: a fixed random projection.
package enum SignProjection {
  /// Components of the result, unless the vector has fewer.
  package static let dimension = 32

  /// The unit vector of `vector`, projected by a fixed matrix of signs if it has more than 32 components,
  /// in units of 1/4096. Zeros where a component or the length is not finite, or all components are zero.
  ///
  /// *Source*: Achlioptas 2003, "Database-friendly random projections", DOI 10.1016/S0022-0000(03)00025-4.
  /// Only `+ - * /` and the square root, in one order: the same bits everywhere.
  package static func project(_ vector: [Double]) -> [Int16] {
    let size = min(vector.count, dimension)
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length.isFinite, length > 0 else { return Array(repeating: 0, count: size) }
    var sums = [Double](repeating: 0, count: size)
    for (index, component) in vector.enumerated() {
      if vector.count <= dimension {
        sums[index] = component / length
        continue
      }
      let signs = signs(UInt64(index))
      for row in 0..<size {
        sums[row] += signs >> UInt64(row) & 1 == 1 ? component / length : -component / length
      }
    }
    let unit = vector.count <= dimension ? 4096 : 4096 / Double(dimension).squareRoot()
    return sums.map { Int16(max(-32_767, min(32_767, ($0 * unit).rounded(.toNearestOrEven)))) }
  }

  /// Signs of one column of the matrix: the finaliser of SplitMix64.
  private static func signs(_ index: UInt64) -> UInt64 {
    var mixed = (index &+ 1) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
