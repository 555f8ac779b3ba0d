import CImageForge

/// A folder of forged JPEGs in three classes, `photos/CLASS/NUMBER.jpg`, and a manifest `rows.csv` of them.
///
/// Columns: path, label, user (a SHA-256 in hexadecimal, or clear text), age (whole), score (in [0, 1]), taken (RFC 3339).
package struct PhotoFolder {
  /// Gone with the last copy of this.
  private let folder: TemporaryFolder

  /// The folder of the images, and the manifest: the sources of the set.
  package var sources: [String] { ["\(folder.path)/photos", "\(folder.path)/rows.csv"] }

  /// What may be asked of a folder.
  package struct Recipe {
    package var count = 40
    package var seed: UInt64 = 1
    package var width = 64
    package var height = 48
    package var isGray = false

    package init() {}
  }

  /// Writes the set into a new temporary folder.
  package init(_ recipe: Recipe = Recipe()) throws {
    folder = try TemporaryFolder()
    var random = SplitMix64(seed: recipe.seed)
    var rows = ["path,label,user,age,score,taken"]
    for index in 0..<recipe.count {
      let label = ["field", "sky", "street"][Int(random.next() % 3)]
      try folder.write(Self.image(recipe, &random), to: "photos/\(label)/\(index).jpg")
      rows.append("\(label)/\(index).jpg,\(label)," + Self.fields(&random))
    }
    try folder.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: "rows.csv")
  }

  private static func image(_ recipe: Recipe, _ random: inout SplitMix64) -> [UInt8] {
    let channels = recipe.isGray ? 1 : 3
    let pixels = ImageForge.scene(
      width: recipe.width, height: recipe.height, channels: channels, seed: random.next())
    var jpeg = JPEGRecipe(
      width: recipe.width, height: recipe.height, pixels: pixels,
      model: recipe.isGray ? ASSAY_FORGE_GRAY : ASSAY_FORGE_YCBCR)
    jpeg.quality = 85 + Int(random.next() % 3) * 5
    return ImageForge.jpeg(jpeg)
  }

  private static func fields(_ random: inout SplitMix64) -> String {
    let digest = (0..<4).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    let age = 18 + Int(random.next() % 20) + Int(random.next() % 30)
    let score = Double(500 + random.next() % 500) / 1000
    let day = 10 + random.next() % 18
    return "\(digest.joined()),\(age),\(score),2026-03-\(day)T12:00:00Z"
  }
}
