/// Area averages, hashes and the reduction from their definitions, pixel by pixel and without haste.
struct AreaReference {
  let width: Int
  let height: Int
  /// Planes R, G, B, luma.
  let planes: [[Int]]

  init(rgb: [UInt8], width: Int, height: Int) {
    self.width = width
    self.height = height
    var planes = [[Int]](repeating: [], count: 4)
    for at in stride(from: 0, to: rgb.count, by: 3) {
      let (r, g, b) = (Int(rgb[at]), Int(rgb[at + 1]), Int(rgb[at + 2]))
      for (plane, value) in [r, g, b, (19595 * r + 38470 * g + 7471 * b + 32768) >> 16].enumerated() {
        planes[plane].append(value)
      }
    }
    self.planes = planes
  }

  /// How much of `side` pixels each of `cells` equal cells covers: (pixel, weight) in units of 1 / cells.
  static func cover(_ side: Int, _ cells: Int) -> [[(Int, Int)]] {
    (0..<cells).map { cell in
      (0..<side).compactMap { pixel in
        let overlap = min(cells * (pixel + 1), side * (cell + 1)) - max(cells * pixel, side * cell)
        return overlap > 0 ? (pixel, overlap) : nil
      }
    }
  }

  /// Weighted cell sums, row by row; every cell weighs width x height.
  func cells(_ plane: Int, columns: Int, rows: Int) -> [[Int]] {
    let across = Self.cover(width, columns)
    return Self.cover(height, rows).map { band in
      across.map { cell in
        var sum = 0
        for (y, weightY) in band {
          for (x, weightX) in cell { sum += weightX * weightY * planes[plane][y * width + x] }
        }
        return sum
      }
    }
  }

  var differenceHash: UInt64 {
    var hash: UInt64 = 0
    for row in cells(3, columns: 9, rows: 8) {
      for i in 0..<8 { hash = hash << 1 | (row[i] < row[i + 1] ? 1 : 0) }
    }
    return hash
  }

  /// `round(2^14 cos(pi j / 64))` for j in 0...32, in quarter-wave symmetry.
  static let quarterWave = [
    16384, 16364, 16305, 16207, 16069, 15893, 15679, 15426, 15137, 14811, 14449, 14053, 13623, 13160, 12665,
    12140, 11585, 11003, 10394, 9760, 9102, 8423, 7723, 7005, 6270, 5520, 4756, 3981, 3196, 2404, 1606, 804,
    0,
  ]

  static func cosine(_ n: Int, _ k: Int) -> Int {
    let angle = (2 * n + 1) * k % 128
    let folded = angle > 64 ? 128 - angle : angle
    return folded <= 32 ? quarterWave[folded] : -quarterWave[64 - folded]
  }

  var perceptualHash: UInt64 {
    let samples = cells(3, columns: 32, rows: 32)
    var coefficients: [Int128] = []
    for u in 0..<8 {
      for v in 0..<8 {
        var sum: Int128 = 0
        for y in 0..<32 {
          for x in 0..<32 { sum += Int128(samples[y][x]) * Int128(Self.cosine(y, u) * Self.cosine(x, v)) }
        }
        coefficients.append(sum)
      }
    }
    let median = coefficients.dropFirst().sorted()[31]
    return coefficients.dropFirst().reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
  }

  var thumbnail: [UInt8] {
    let planes = (0..<3).map { cells($0, columns: 8, rows: 8) }
    var bytes: [UInt8] = []
    for row in 0..<8 {
      for column in 0..<8 {
        for plane in planes {
          bytes.append(UInt8((2 * plane[row][column] + width * height) / (2 * width * height)))
        }
      }
    }
    return bytes
  }

  /// The reduction: its size and its planes.
  var reduction: (width: Int, height: Int, planes: [[Int]]) {
    let factor = (max(width, height) + 255) / 256
    let across = min(factor, width)
    let down = min(factor, height)
    let columns = max(1, width / factor)
    let rows = max(1, height / factor)
    let reduced = planes.map { plane in
      (0..<rows * columns).map { at in
        var sum = 0
        for y in 0..<down {
          for x in 0..<across {
            sum += plane[(at / columns * down + y) * width + at % columns * across + x]
          }
        }
        return (2 * sum + across * down) / (2 * across * down)
      }
    }
    return (columns, rows, reduced)
  }

  /// Joint counts of red and blue on the reduction.
  var redBlue: [UInt32] {
    let planes = reduction.planes
    var counts = [UInt32](repeating: 0, count: 256)
    for (red, blue) in zip(planes[0], planes[2]) { counts[red / 16 * 16 + blue / 16] += 1 }
    return counts
  }

  /// Luma sums over columns `x` and rows `y`.
  func luma(_ x: Range<Int>, _ y: Range<Int>) -> UInt64 {
    var sum = 0
    for row in y {
      for column in x { sum += planes[3][row * width + column] }
    }
    return UInt64(sum)
  }
}
