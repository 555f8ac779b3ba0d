/// What is known of one image of a record once its pixels are gone.
package struct ImageObservation: Sendable, Hashable {
  /// The image's name in its record: `image` unless the dataset declares more (`mask`, `left`, ...).
  package var name: String
  package var outcome: DecodeOutcome
  /// The stable code that says why the outcome is not `ok`, or a milder remark when it is.
  package var reason: String?
  /// The decoder's own words, bounded, for people.
  package var detail: String?
  /// Built-in features in the order of `BuiltinFeature.all`. Pixel features are missing unless `outcome` is
  /// `ok` or `damaged`; only those of an `ok` image may enter a sketch.
  package var features: [Value]
  /// Pixel statistics that are vectors and therefore no features.
  package var pixels: PixelSummary?
  /// Which raw sample values occur (mask images only), ascending. Palette images count indices.
  package var sampleValues: [UInt16]?

  package init(
    name: String, outcome: DecodeOutcome, reason: String? = nil, detail: String? = nil,
    features: [Value] = BuiltinFeature.noValues, pixels: PixelSummary? = nil, sampleValues: [UInt16]? = nil
  ) {
    self.name = name
    self.outcome = outcome
    self.reason = reason
    self.detail = detail
    self.features = features
    self.pixels = pixels
    self.sampleValues = sampleValues
  }

  /// Drops features and pixel statistics.
  mutating func forgetFacts() {
    features = []
    pixels = nil
    sampleValues = nil
  }
}

/// The vector-valued statistics of one image.
package struct PixelSummary: Sendable, Hashable {
  /// Pixel counts by code value. Shape: 4 x 256, row-major, channels R, G, B, luma.
  package var histograms: [UInt32]
  /// Joint counts of red and blue, 16 levels each, over the reduction to at most 256 pixels. Shape: 16 x 16.
  package var redBlue: [UInt32]
  /// Area averages. Shape: 8 x 8 x 3, row-major, R G B interleaved.
  package var thumbnail: [UInt8]
  /// Difference hash and perceptual hash of luma.
  package var dHash: UInt64
  package var pHash: UInt64
  /// Perceptual hashes of the seven other symmetries of the image, in the order of `Turn`; empty unless asked for.
  package var turnedHashes: [UInt64] = []

  package init(
    histograms: [UInt32], redBlue: [UInt32], thumbnail: [UInt8], dHash: UInt64, pHash: UInt64
  ) {
    self.histograms = histograms
    self.redBlue = redBlue
    self.thumbnail = thumbnail
    self.dHash = dHash
    self.pHash = pHash
  }
}
