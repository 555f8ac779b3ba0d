import AssayTestSupport
import CImageCodecs
import Testing

/// Every kernel against the plain version that defines it, bit for bit.
struct KernelTests {
  /// Widths around every vector length and chunk, and a few beyond.
  static let widths =
    Array(0...70) + [127, 128, 129, 255, 256, 257, 1023, 1024, 1025, 1026, 1027, 4095, 4129, 9001]

  /// Three rows of bytes: noise, extremes, nearly gray.
  static func rows(_ width: Int) -> [[[UInt8]]] {
    let noise = (0..<3).map { ImageForge.noise(width, seed: UInt64(width * 4 + $0)) }
    return [
      noise, noise.map { $0.map { $0 < 128 ? 0 : 255 } }, noise.map { $0.map { 100 + $0 % 11 } },
      [noise[0], noise[0], noise[0]],
    ]
  }

  @Test(arguments: 1...2, 0...4) func unfilteringEqualsPlain(pixel: Int, filter: Int) {
    for width in Self.widths {
      for rows in Self.rows(width * pixel) {
        var fast = rows[0]
        var plain = rows[0]
        assay_unfilter(UInt8(filter), &fast, rows[1], width * pixel, pixel)
        assay_unfilter_plain(UInt8(filter), &plain, rows[1], width * pixel, pixel)
        #expect(fast == plain, "\(width) pixels")
      }
    }
  }

  @Test(arguments: 3...4, 0...4) func unfilteringPixelsEqualsPlain(size: Int, filter: Int) {
    for width in Self.widths {
      for rows in Self.rows(width * 4) {
        let row = Array(rows[0].prefix(width * size))
        var fast = [UInt8](repeating: 7, count: 4 * width)
        var plain = fast
        assay_unfilter_pixels(UInt8(filter), row, rows[1], &fast, width, size)
        assay_unfilter_pixels_plain(UInt8(filter), row, rows[1], &plain, width, size)
        #expect(fast == plain, "\(width) pixels")
      }
    }
  }

  @Test(arguments: widths) func splitEqualsPlain(width: Int) {
    let pixels = ImageForge.noise(4 * width, seed: UInt64(width))
    func planes(_ split: (UnsafePointer<UInt8>?, Int, [UnsafeMutablePointer<UInt8>?]) -> Void) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: 4 * width) { buffer, count in
        let base = buffer.baseAddress
        split(pixels, width, (0..<4).map { plane in base.map { $0 + plane * width } })
        count = 4 * width
      }
    }
    let fast = planes { assay_split_rgbx($0, $1, $2[0], $2[1], $2[2], $2[3]) }
    let plain = planes { assay_split_rgbx_plain($0, $1, $2[0], $2[1], $2[2], $2[3]) }
    #expect(fast == plain)
  }

  @Test(arguments: widths) func colorSumsEqualPlain(width: Int) {
    for rows in Self.rows(width) {
      var fast = assay_color_sums_t()
      var plain = assay_color_sums_t()
      assay_add_color(rows[0], rows[1], rows[2], width, &fast)
      assay_add_color_plain(rows[0], rows[1], rows[2], width, &plain)
      #expect(bytes(of: fast) == bytes(of: plain))
    }
  }

  @Test(arguments: widths) func interiorSumsEqualPlain(width: Int) {
    for rows in Self.rows(width) {
      var fast = assay_neighbour_sums_t()
      var plain = assay_neighbour_sums_t()
      assay_add_interior(rows[0], rows[1], rows[2], width, &fast)
      assay_add_interior_plain(rows[0], rows[1], rows[2], width, &plain)
      #expect(bytes(of: fast) == bytes(of: plain))
    }
  }

  @Test(arguments: widths) func stepsEqualPlain(width: Int) {
    for rows in Self.rows(width) {
      var fast = assay_neighbour_sums_t()
      var plain = assay_neighbour_sums_t()
      assay_add_steps(rows[0], width, &fast)
      assay_add_steps_plain(rows[0], width, &plain)
      #expect(bytes(of: fast) == bytes(of: plain))
    }
  }

  @Test(arguments: widths) func distancesEqualPlain(width: Int) {
    for rows in Self.rows(width) {
      #expect(
        assay_sum_distance(rows[0], rows[1], width) == assay_sum_distance_plain(rows[0], rows[1], width))
    }
  }

  @Test(arguments: widths) func rowSumsEqualPlain(width: Int) {
    for rows in Self.rows(width) {
      #expect(assay_sum_row(rows[0], width) == assay_sum_row_plain(rows[0], width))
    }
  }

  @Test(arguments: widths) func columnSumsEqualPlain(width: Int) {
    var fast = [UInt16](repeating: 3, count: width)
    var plain = fast
    for row in Self.rows(width).joined() {
      assay_add_columns(&fast, row, width)
      assay_add_columns_plain(&plain, row, width)
    }
    #expect(fast == plain)
  }

  @Test(arguments: widths) func weightedColumnsEqualPlain(width: Int) {
    let columns = ImageForge.samples(width, depth: 16, seed: UInt64(width))
    var fast = [UInt32](repeating: 7, count: width)
    var plain = fast
    for weight: UInt32 in [0, 1, 19, 32] {
      assay_add_weighted(&fast, columns, weight, width)
      assay_add_weighted_plain(&plain, columns, weight, width)
    }
    #expect(fast == plain)
  }

  @Test(arguments: 1...20) func blockSumsEqualPlain(factor: Int) {
    for count in [0, 1, 2, 3, 31, 32, 33, 255, 256] {
      let columns = ImageForge.samples(count * factor, depth: 16, seed: UInt64(count))
      var fast = [UInt32](repeating: 1, count: count)
      var plain = fast
      assay_add_blocks(&fast, columns, count, factor)
      assay_add_blocks_plain(&plain, columns, count, factor)
      #expect(fast == plain)
    }
  }

  @Test(arguments: Array(1...70) + [1000, 65_535, 65_536, 65_537, 4_194_303, 4_194_304])
  func blockMeansEqualPlain(area: Int) {
    var random = SplitMix64(seed: UInt64(area))
    let edges = [0, area / 2, (area + 1) / 2, area, 255 * area - 1, 255 * area]
    let sums =
      edges.map(UInt32.init)
      + (0..<500).map { _ in UInt32.random(in: 0...UInt32(255 * area), using: &random) }
    var fast = [UInt8](repeating: 0, count: sums.count)
    var plain = fast
    assay_block_means(&fast, sums, UInt32(area), sums.count)
    assay_block_means_plain(&plain, sums, UInt32(area), sums.count)
    #expect(fast == plain)
  }
}

/// The memory of a C structure without padding.
func bytes<Structure>(of structure: Structure) -> [UInt8] { withUnsafeBytes(of: structure, Array.init) }
