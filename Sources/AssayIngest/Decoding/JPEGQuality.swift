/// The quality setting of libjpeg that a luminance quantisation table comes from.
///
/// libjpeg scales the example table of ITU-T T.81, annex K.1, by a factor that depends on the quality. The sum of
/// the scaled table falls strictly with the quality, so the sum of a table names the quality: exactly for libjpeg's
/// own tables, the nearest for others (ImageMagick estimates by sums as well).
enum JPEGQuality {
  /// The quality 1...100 whose table has the nearest sum; the higher of two equally near.
  static func estimate(tableSum: Int) -> Int {
    var best = 100
    for quality in stride(from: 99, through: 1, by: -1)
    where abs(sums[quality] - tableSum) < abs(sums[best] - tableSum) {
      best = quality
    }
    return best
  }

  /// libjpeg's `jpeg_quality_scaling` and `jpeg_add_quant_table`, forced to baseline.
  static func scaled(_ entry: Int, quality: Int) -> Int {
    let scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
    return min(max((entry * scale + 50) / 100, 1), 255)
  }

  /// Table sums by quality; the first entry is not used.
  private static let sums: [Int] = (0...100).map { quality in
    quality == 0 ? 0 : luminance.reduce(0) { $0 + scaled($1, quality: quality) }
  }

  /// T.81, table K.1.
  static let luminance = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17,
    22,
    29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87,
    103,
    121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
  ]
}
