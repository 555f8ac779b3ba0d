/// The built-in features of an image, in the one order that rows on the wire, profiles and documents share.
package enum BuiltinFeature: Int, Sendable, CaseIterable {
  // Bytes and headers.
  case format, fileExtension, byteCount, width, height, aspect, resolution, channels, bitDepth, colorModel
  case orientation, jpegQuality, jpegTables, jpegSubsampling, jpegProgressive, pngColorType, pngInterlaced
  case exifMake, exifModel, exifSoftware, gps, icc
  // Pixels.
  case grayExact, nearGray, meanR, meanG, meanB, lumaMean, brightness, contrast
  case lumaP1, lumaP5, lumaP25, lumaP50, lumaP75, lumaP95, lumaP99
  case sharpness, sharpness256, noise, noise256, blockiness, blockiness256, entropy, colorfulness, saturation
  case chromaR, chromaB, clipLow, clipHigh, transparent, topBottom, leftRight, centerEdge, dHash, pHash

  /// A row in which nothing is known.
  package static let noValues = [Value](repeating: .missing, count: allCases.count)

  /// The definitions, by `rawValue`.
  package static let definitions: [FeatureDefinition] = allCases.map(\.definition)

  /// The feature of that bare name.
  package static let byName: [String: BuiltinFeature] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.definition.name, $0) })

  package var definition: FeatureDefinition {
    func header(_ name: String, _ kind: FeatureKind, _ unit: String, _ range: String, _ summary: String)
      -> FeatureDefinition
    {
      FeatureDefinition(
        name: name, kind: kind, origin: .header, unit: unit, range: range, summary: summary)
    }
    func pixels(_ name: String, _ kind: FeatureKind, _ unit: String, _ range: String, _ summary: String)
      -> FeatureDefinition
    {
      FeatureDefinition(
        name: name, kind: kind, origin: .pixels, unit: unit, range: range, summary: summary)
    }
    let fraction = "[0, 1]"
    let code = "[0, 255]"
    let nonnegative = "[0, inf)"
    switch self {
    case .format:
      return header("format", .category, "", "jpeg, png, webp ...", "The format its magic bytes name.")
    case .fileExtension:
      return header("extension", .category, "", "lower case, no dot", "The extension of the member's name.")
    case .byteCount: return header("bytes", .integer, "bytes", nonnegative, "The size of the encoded image.")
    case .width:
      return header("width", .integer, "pixels", "[1, inf)", "Columns, after EXIF orientation.")
    case .height: return header("height", .integer, "pixels", "[1, inf)", "Rows, after EXIF orientation.")
    case .aspect: return header("aspect", .real, "", "(0, inf)", "Width over height.")
    case .resolution: return header("resolution", .category, "", "WxH", "Width and height as one category.")
    case .channels:
      return header("channels", .integer, "", "1..4", "Channels once palettes are expanded.")
    case .bitDepth: return header("bit_depth", .integer, "bits", "1..16", "Bits a sample, as stored.")
    case .colorModel:
      return header(
        "color_model", .category, "", "gray, gray_alpha, rgb, rgba, palette, ycbcr, cmyk, ycck",
        "The colour model as stored.")
    case .orientation:
      return header(
        "orientation", .category, "", "1..8", "EXIF orientation as stored; 1 where absent or invalid.")
    case .jpegQuality:
      return header("jpeg_quality", .integer, "", "1..100", "Quality estimated from the luma table.")
    case .jpegTables:
      return header("jpeg_tables", .category, "", "16 hex digits", "Digest of the quantisation tables.")
    case .jpegSubsampling:
      return header("jpeg_subsampling", .category, "", "4:4:4, 4:2:2, 4:2:0 ...", "Chroma subsampling.")
    case .jpegProgressive:
      return header("jpeg_progressive", .flag, "", "true, false", "Whether the JPEG is progressive.")
    case .pngColorType: return header("png_color_type", .category, "", "0, 2, 3, 4, 6", "IHDR colour type.")
    case .pngInterlaced:
      return header("png_interlaced", .flag, "", "true, false", "Whether the PNG is Adam7 interlaced.")
    case .exifMake: return header("exif_make", .category, "", "", "EXIF Make.")
    case .exifModel: return header("exif_model", .category, "", "", "EXIF Model.")
    case .exifSoftware: return header("exif_software", .category, "", "", "EXIF Software.")
    case .gps: return header("gps", .flag, "", "true, false", "Whether EXIF carries a GPS position.")
    case .icc:
      return header("icc", .category, "", "16 hex digits, none", "Digest of the ICC profile or gAMA/sRGB.")
    case .grayExact:
      return pixels("gray_exact", .flag, "", "true, false", "Whether R = G = B in every pixel.")
    case .nearGray:
      return pixels(
        "near_gray", .flag, "", "true, false", "Whether max - min > 8 in at most 1 % of the pixels.")
    case .meanR: return pixels("mean_r", .real, "code values", code, "Mean of red.")
    case .meanG: return pixels("mean_g", .real, "code values", code, "Mean of green.")
    case .meanB: return pixels("mean_b", .real, "code values", code, "Mean of blue.")
    case .lumaMean: return pixels("luma_mean", .real, "code values", code, "Mean of luma (BT.601).")
    case .brightness: return pixels("brightness", .real, "", fraction, "Mean of luma over 255.")
    case .contrast:
      return pixels("contrast", .real, "", fraction, "Standard deviation of luma over 255.")
    case .lumaP1: return pixels("luma_p1", .integer, "code values", code, "1st percentile of luma.")
    case .lumaP5: return pixels("luma_p5", .integer, "code values", code, "5th percentile of luma.")
    case .lumaP25: return pixels("luma_p25", .integer, "code values", code, "25th percentile of luma.")
    case .lumaP50: return pixels("luma_p50", .integer, "code values", code, "Median of luma.")
    case .lumaP75: return pixels("luma_p75", .integer, "code values", code, "75th percentile of luma.")
    case .lumaP95: return pixels("luma_p95", .integer, "code values", code, "95th percentile of luma.")
    case .lumaP99: return pixels("luma_p99", .integer, "code values", code, "99th percentile of luma.")
    case .sharpness:
      return pixels("sharpness", .real, "", nonnegative, "Variance of the Laplacian of luma.")
    case .sharpness256:
      return pixels("sharpness_256", .real, "", nonnegative, "Sharpness after reduction to 256 pixels.")
    case .noise: return pixels("noise", .real, "code values", nonnegative, "Immerkaer's noise estimate.")
    case .noise256:
      return pixels("noise_256", .real, "code values", nonnegative, "Noise after reduction to 256 pixels.")
    case .blockiness:
      return pixels(
        "blockiness", .real, "", nonnegative, "Steps across the 8-pixel grid over steps elsewhere.")
    case .blockiness256:
      return pixels("blockiness_256", .real, "", nonnegative, "Blockiness after reduction to 256 pixels.")
    case .entropy:
      return pixels("entropy", .real, "bits", "[0, 8]", "Entropy of the luma histogram, 256 bins.")
    case .colorfulness:
      return pixels("colorfulness", .real, "", nonnegative, "Hasler and Suesstrunk's colourfulness.")
    case .saturation: return pixels("saturation", .real, "", fraction, "Mean of max - min over 255.")
    case .chromaR: return pixels("chroma_r", .real, "", fraction, "Share of red in R + G + B.")
    case .chromaB: return pixels("chroma_b", .real, "", fraction, "Share of blue in R + G + B.")
    case .clipLow: return pixels("clip_low", .real, "", fraction, "Share of pixels with a channel at 0.")
    case .clipHigh: return pixels("clip_high", .real, "", fraction, "Share of pixels with a channel at 255.")
    case .transparent:
      return pixels("transparent", .real, "", fraction, "Share of pixels whose alpha is 0.")
    case .topBottom:
      return pixels("top_bottom", .real, "", "[-1, 1]", "Luma of the upper half minus the lower, over both.")
    case .leftRight:
      return pixels("left_right", .real, "", "[-1, 1]", "Luma of the left half minus the right, over both.")
    case .centerEdge:
      return pixels("center_edge", .real, "", "[-1, 1]", "Mean luma of centre minus edge, over their sum.")
    case .dHash: return pixels("dhash", .identity, "", "16 hex digits", "64-bit difference hash of luma.")
    case .pHash: return pixels("phash", .identity, "", "16 hex digits", "64-bit perceptual hash of luma.")
    }
  }
}
