import AssayCore
import CImageCodecs

// From C's measurement to Core's values.

extension ImageSums {
  init(_ at: UnsafePointer<assay_measurement_t>) {
    self.init()
    width = UInt64(at.pointee.width)
    height = UInt64(at.pointee.height)
    pixels = at.pointee.pixels
    transparent = at.pointee.transparent
    red = at.pointee.sum_r
    green = at.pointee.sum_g
    blue = at.pointee.sum_b
    luma = at.pointee.sum_y
    lumaSquares = at.pointee.sum_y_squares
    redGreen = at.pointee.sum_red_green
    redGreenSquares = at.pointee.color.red_green_squares
    yellowBlue = at.pointee.sum_yellow_blue
    yellowBlueSquares = at.pointee.color.yellow_blue_squares
    chroma = at.pointee.color.chroma
    maxChroma = UInt64(at.pointee.color.max_chroma)
    chromaAbove8 = at.pointee.color.chroma_above_8
    chromaAbove0 = at.pointee.color.chroma_above_0
    lowPixels = at.pointee.color.low_pixels
    highPixels = at.pointee.color.high_pixels
    native = Neighbourhood(at.pointee.native)
    reduced = Neighbourhood(at.pointee.reduced)
    layout.top = at.pointee.top
    layout.bottom = at.pointee.bottom
    layout.left = at.pointee.left
    layout.right = at.pointee.right
    layout.center = at.pointee.center
    layout.centerPixels = at.pointee.center_pixels
    layout.edge = at.pointee.edge
    layout.edgePixels = at.pointee.edge_pixels
  }
}

extension ImageSums.Neighbourhood {
  init(_ sums: assay_neighbour_sums_t) {
    self.init()
    laplacian = sums.laplacian
    laplacianSquares = sums.laplacian_squares
    immerkaer = sums.immerkaer
    interior = sums.interior
    stepsOn = sums.steps_on
    stepsOnCount = sums.steps_on_count
    stepsOff = sums.steps_off
    stepsOffCount = sums.steps_off_count
  }
}

extension CodeValueHistogram {
  /// Luma of the 8-bit pixels.
  init(luma at: UnsafePointer<assay_measurement_t>) {
    self.init(counts: Array(UnsafeBufferPointer(start: assay_measured_histogram(at) + 3 * 256, count: 256)))
  }
}

extension PixelSummary {
  init(_ at: UnsafePointer<assay_measurement_t>) {
    self.init(
      histograms: Array(UnsafeBufferPointer(start: assay_measured_top_histogram(at), count: 4 * 256)),
      redBlue: Array(UnsafeBufferPointer(start: assay_measured_red_blue(at), count: 16 * 16)),
      thumbnail: Array(UnsafeBufferPointer(start: assay_measured_thumbnail(at), count: 8 * 8 * 3)),
      dHash: at.pointee.difference_hash,
      pHash: at.pointee.perceptual_hash)
  }
}
