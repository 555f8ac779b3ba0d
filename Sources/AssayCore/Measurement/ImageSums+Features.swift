/// The real-valued features, each nil where it is not defined. Whole numbers are combined exactly and rounded
/// once, so that the same sums give the same bits everywhere; `sqrt`, `+ - * /` are exact by IEEE 754.
extension ImageSums {
  /// Mean of red, `[0, 255]`.
  package var meanRed: Double? { mean(red) }
  /// Mean of green, `[0, 255]`.
  package var meanGreen: Double? { mean(green) }
  /// Mean of blue, `[0, 255]`.
  package var meanBlue: Double? { mean(blue) }
  /// Mean of luma, `[0, 255]`.
  package var meanLuma: Double? { mean(luma) }
  /// Mean of luma over 255, `[0, 1]`.
  package var brightness: Double? { share(luma, of: 255 * pixels) }

  /// Standard deviation of luma over 255, `[0, 0.5]`.
  package var contrast: Double? {
    guard pixels > 0 else { return nil }
    return Self.spread(count: pixels, sum: Int64(luma), squares: lumaSquares).squareRoot()
      / (255 * Double(pixels))
  }

  /// Mean of `max - min` over 255, `[0, 1]`.
  package var saturation: Double? { share(chroma, of: 255 * pixels) }

  /// Colourfulness, `[0, inf)`. Source: Hasler and Suesstrunk 2003, doi:10.1117/12.477378.
  package var colorfulness: Double? {
    guard pixels > 0 else { return nil }
    let redGreenSpread = Self.spread(count: pixels, sum: redGreen, squares: redGreenSquares)
    let yellowBlueSpread = Self.spread(count: pixels, sum: yellowBlue, squares: yellowBlueSquares)
    let redGreenOffset = Self.square(redGreen).nearestDouble
    let yellowBlueOffset = Self.square(yellowBlue).nearestDouble
    let spread = (4 * redGreenSpread + yellowBlueSpread).squareRoot()
    let offset = (4 * redGreenOffset + yellowBlueOffset).squareRoot()
    return (spread + 0.3 * offset) / (2 * Double(pixels))
  }

  /// Share of red in R + G + B, `[0, 1]`; nil for black.
  package var chromaRed: Double? { share(red, of: red + green + blue) }
  /// Share of blue in R + G + B, `[0, 1]`; nil for black.
  package var chromaBlue: Double? { share(blue, of: red + green + blue) }
  /// Share of pixels with a channel at 0.
  package var clippedLow: Double? { share(lowPixels, of: pixels) }
  /// Share of pixels with a channel at 255.
  package var clippedHigh: Double? { share(highPixels, of: pixels) }
  /// Share of pixels whose alpha is 0.
  package var transparentShare: Double? { share(transparent, of: pixels + transparent) }

  /// Whether R = G = B in every pixel.
  package var isGray: Bool? { pixels > 0 ? maxChroma == 0 : nil }
  /// Whether `max - min > 8` in at most 1 % of the pixels.
  package var isNearlyGray: Bool? { pixels > 0 ? 100 * chromaAbove8 <= pixels : nil }

  private func mean(_ sum: UInt64) -> Double? { share(sum, of: pixels) }

  private func share(_ part: UInt64, of whole: UInt64) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  /// `n * sum of squares - sum^2`, exact before it is rounded to a Double; n^2 times the variance.
  fileprivate static func spread(count: UInt64, sum: Int64, squares: UInt64) -> Double {
    (UInt128(count) * UInt128(squares) - square(sum)).nearestDouble
  }

  private static func square(_ sum: Int64) -> UInt128 { UInt128(sum.magnitude) * UInt128(sum.magnitude) }
}

extension ImageSums.Neighbourhood {
  /// Variance of the Laplacian, `[0, inf)`; nil where no pixel has four neighbours.
  package var sharpness: Double? {
    guard interior > 0 else { return nil }
    return ImageSums.spread(count: interior, sum: laplacian, squares: laplacianSquares)
      / (Double(interior) * Double(interior))
  }

  /// Standard deviation of noise in code values. Source: Immerkaer 1996, doi:10.1006/cviu.1996.0060.
  package var noise: Double? {
    interior > 0 ? Double(immerkaer) * (Double.pi / 2).squareRoot() / (6 * Double(interior)) : nil
  }

  /// Mean step across the 8-pixel grid over the mean step elsewhere, both sums smoothed by 1; nil where no step
  /// crosses the grid.
  package var blockiness: Double? {
    guard stepsOnCount > 0, stepsOffCount > 0 else { return nil }
    return (Double(stepsOn + 1) / Double(stepsOnCount)) / (Double(stepsOff + 1) / Double(stepsOffCount))
  }
}

extension ImageSums.Layout {
  /// Luma of the upper half minus the lower, over both; `[-1, 1]`, nil for black.
  package var topBottom: Double? { Self.difference(UInt128(top), UInt128(bottom)) }
  /// Luma of the left half minus the right, over both; `[-1, 1]`, nil for black.
  package var leftRight: Double? { Self.difference(UInt128(left), UInt128(right)) }

  /// Mean luma of the centre minus that of the edge, over their sum; `[-1, 1]`, nil for black or without a centre.
  package var centerEdge: Double? {
    guard centerPixels > 0, edgePixels > 0 else { return nil }
    return Self.difference(UInt128(center) * UInt128(edgePixels), UInt128(edge) * UInt128(centerPixels))
  }

  private static func difference(_ first: UInt128, _ second: UInt128) -> Double? {
    guard first + second > 0 else { return nil }
    let difference = first > second ? (first - second).nearestDouble : -(second - first).nearestDouble
    return difference / (first + second).nearestDouble
  }
}
