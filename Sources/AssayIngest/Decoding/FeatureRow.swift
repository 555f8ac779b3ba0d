import AssayCore

/// The values of the built-in features of one image, filled as they become known.
struct FeatureRow {
  /// In the order of `BuiltinFeature.allCases`.
  private(set) var values = BuiltinFeature.noValues

  subscript(feature: BuiltinFeature) -> Value {
    get { values[feature.rawValue] }
    set { values[feature.rawValue] = newValue }
  }

  mutating func set(_ feature: BuiltinFeature, text: String?) {
    self[feature] = text.map(Value.text) ?? .missing
  }

  mutating func set(_ feature: BuiltinFeature, integer: Int?) {
    self[feature] = integer.map { .integer(Int64($0)) } ?? .missing
  }

  mutating func set(_ feature: BuiltinFeature, real: Double?) {
    self[feature] = real.map(Value.real) ?? .missing
  }

  mutating func set(_ feature: BuiltinFeature, flag: Bool?) {
    self[feature] = flag.map(Value.boolean) ?? .missing
  }

  /// Sets width, height and what follows from them, upright.
  mutating func setSize(_ size: HeaderSize?, orientation: Int) {
    guard let size else { return }
    let isTurned = orientation >= 5
    let width = isTurned ? size.height : size.width
    let height = isTurned ? size.width : size.height
    set(.width, integer: width)
    set(.height, integer: height)
    set(.aspect, real: Double(width) / Double(height))
    set(.resolution, text: "\(width)x\(height)")
  }

  mutating func set(_ header: ImageHeader) {
    setSize(header.size, orientation: header.exif.orientation)
    set(.channels, integer: header.channels)
    set(.bitDepth, integer: header.bitDepth)
    set(.colorModel, text: header.colorModel)
    set(.orientation, integer: header.exif.orientation)
    set(.jpegQuality, integer: header.jpegQuality)
    set(.jpegTables, text: header.jpegTables)
    set(.jpegSubsampling, text: header.jpegSubsampling)
    set(.jpegProgressive, flag: header.jpegProgressive)
    set(.pngColorType, integer: header.pngColorType)
    set(.pngInterlaced, flag: header.pngInterlaced)
    set(.exifMake, text: header.exif.make)
    set(.exifModel, text: header.exif.model)
    set(.exifSoftware, text: header.exif.software)
    set(.gps, flag: header.exif.hasPosition)
    set(.icc, text: header.iccDigest ?? "none")
  }

  mutating func set(_ sums: ImageSums, luma: CodeValueHistogram, _ summary: PixelSummary) {
    setColor(sums)
    setLuma(sums, luma)
    setNeighbourhoods(sums)
    set(.transparent, real: sums.transparentShare)
    set(.topBottom, real: sums.layout.topBottom)
    set(.leftRight, real: sums.layout.leftRight)
    set(.centerEdge, real: sums.layout.centerEdge)
    set(.dHash, text: Digest64.hex(summary.dHash))
    set(.pHash, text: Digest64.hex(summary.pHash))
  }

  private mutating func setColor(_ sums: ImageSums) {
    set(.grayExact, flag: sums.isGray)
    set(.nearGray, flag: sums.isNearlyGray)
    set(.meanR, real: sums.meanRed)
    set(.meanG, real: sums.meanGreen)
    set(.meanB, real: sums.meanBlue)
    set(.colorfulness, real: sums.colorfulness)
    set(.saturation, real: sums.saturation)
    set(.chromaR, real: sums.chromaRed)
    set(.chromaB, real: sums.chromaBlue)
    set(.clipLow, real: sums.clippedLow)
    set(.clipHigh, real: sums.clippedHigh)
  }

  private mutating func setLuma(_ sums: ImageSums, _ histogram: CodeValueHistogram) {
    set(.lumaMean, real: sums.meanLuma)
    set(.brightness, real: sums.brightness)
    set(.contrast, real: sums.contrast)
    set(.entropy, real: histogram.entropy)
    set(.lumaP1, integer: histogram.percentile(1))
    set(.lumaP5, integer: histogram.percentile(5))
    set(.lumaP25, integer: histogram.percentile(25))
    set(.lumaP50, integer: histogram.percentile(50))
    set(.lumaP75, integer: histogram.percentile(75))
    set(.lumaP95, integer: histogram.percentile(95))
    set(.lumaP99, integer: histogram.percentile(99))
  }

  private mutating func setNeighbourhoods(_ sums: ImageSums) {
    set(.sharpness, real: sums.native.sharpness)
    set(.sharpness256, real: sums.reduced.sharpness)
    set(.noise, real: sums.native.noise)
    set(.noise256, real: sums.reduced.noise)
    set(.blockiness, real: sums.native.blockiness)
    set(.blockiness256, real: sums.reduced.blockiness)
  }
}
