import Foundation

/// The golden image statistics of `Tests/AssayCoreTests/Vectors/image_stats.json`.
package struct ImageVectors: Decodable, Sendable {
  package struct Case: Decodable, Sendable, CustomStringConvertible {
    package var image: String
    package var width: Int
    package var height: Int
    /// Whole-number sums by name.
    package var raw: [String: Int64]
    /// Counts by 16 levels of R, G and B.
    package var hist48: [UInt32]
    // The vectors' own name.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package var thumb8_first6: [UInt8]
    /// Real-valued features by name; nil where they are not defined.
    package var derived: [String: Double?]

    package var description: String { image }
  }

  package var cases: [Case]

  package static func load() throws -> [Case] {
    let data = try PackageFiles.data("Tests/AssayCoreTests/Vectors/image_stats.json")
    return try JSONDecoder().decode(ImageVectors.self, from: data).cases
  }
}

extension ImageVectors.Case {
  /// The image's pixels by the formula in its name. Shape: height x width x 3.
  package var pixels: [UInt8] {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<3 { pixels.append(UInt8(sample(x, y, c))) }
      }
    }
    return pixels
  }

  private func sample(_ x: Int, _ y: Int, _ c: Int) -> Int {
    switch image.prefix(4) {
    case "grad": (17 * x + 3 * y + 50 * c) & 255
    case "gray": (x * y) & 255
    case "flat": [10, 200, 30][c]
    default: ((x ^ y) * 5 + c * c * 20) & 255
    }
  }
}
