import AssayTestSupport
import CImageCodecs
import Testing

/// The meter against the golden vectors.
struct VectorTests {
  @Test func rawSumsEqualTheVectors() throws {
    for vector in try ImageVectors.load() {
      let measured = measure(padded(vector.pixels), vector.width, vector.height, ASSAY_ROWS_RGBX)
      let found = Self.named(measured.sums)
      for (name, value) in vector.raw { #expect(found[name] == value, "\(vector.image): \(name)") }
    }
  }

  @Test func histogramsEqualTheVectors() throws {
    for vector in try ImageVectors.load() {
      let measured = measure(padded(vector.pixels), vector.width, vector.height, ASSAY_ROWS_RGBX)
      let levels = (0..<48).map { level in measured.histogram[16 * level..<16 * level + 16].reduce(0, +) }
      #expect(levels == vector.hist48, "\(vector.image)")
    }
  }

  @Test func thumbnailsEqualTheVectors() throws {
    for vector in try ImageVectors.load() {
      let measured = measure(padded(vector.pixels), vector.width, vector.height, ASSAY_ROWS_RGBX)
      #expect(Array(measured.thumbnail.prefix(6)) == vector.thumb8_first6, "\(vector.image)")
    }
  }

  /// The sums under the names the vectors use.
  static func named(_ sums: assay_measurement_t) -> [String: Int64] {
    [
      "sumY": Int64(sums.sum_y), "sumY2": Int64(sums.sum_y_squares), "sum_rg": sums.sum_red_green,
      "sum_rg2": Int64(sums.color.red_green_squares), "sum_2yb": sums.sum_yellow_blue,
      "sum_2yb2": Int64(sums.color.yellow_blue_squares), "sum_chroma": Int64(sums.color.chroma),
      "n_chroma_gt8": Int64(sums.color.chroma_above_8), "n_chroma_gt0": Int64(sums.color.chroma_above_0),
      "max_chroma": Int64(sums.color.max_chroma), "sumR": Int64(sums.sum_r), "sumG": Int64(sums.sum_g),
      "sumB": Int64(sums.sum_b), "n_min0": Int64(sums.color.low_pixels),
      "n_max255": Int64(sums.color.high_pixels), "sumLap": sums.native.laplacian,
      "sumLap2": Int64(sums.native.laplacian_squares), "sumAbsImmerkaer": Int64(sums.native.immerkaer),
      "n_interior": Int64(sums.native.interior), "blk_on": Int64(sums.native.steps_on),
      "blk_off": Int64(sums.native.steps_off), "blk_on_n": Int64(sums.native.steps_on_count),
      "blk_off_n": Int64(sums.native.steps_off_count), "n_pixels": Int64(sums.pixels),
    ]
  }
}
