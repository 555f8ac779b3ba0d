import CImageForge

/// Photographs of three cameras with a manifest, as they are and after an incident.
///
/// Columns: path, label, camera, taken (RFC 3339). Cameras differ in brightness and in EXIF model.
package struct CameraFleet {
  /// How a set is made; the standard one is the training set.
  package struct Recipe {
    package var count = 180
    package var seed: UInt64 = 1
    package var side = 32
    package var quality = 90
    package var hasEXIF = true
    package var hasLabel = true
    /// Shares of the cameras a, b and c, and of the labels.
    package var cameras = [0.5, 0.3, 0.2]
    package var labels = [0.6, 0.3, 0.1]
    /// The EXIF model of camera c.
    package var modelOfC = "C-1"
    package var hours = 0..<24
    /// The share of records that repeat the first image.
    package var repeated = 0.0
    /// What happens to pixels after the lens; shape: side x side x 3.
    package var change: (_ pixels: [UInt8], _ side: Int, _ random: inout SplitMix64) -> [UInt8] = {
      pixels, _, _ in
      pixels
    }

    package init() {}
  }

  private let folder: TemporaryFolder

  /// The folder of the images, and the manifest.
  package var sources: [String] { ["\(folder.path)/photos", "\(folder.path)/rows.csv"] }

  package init(_ recipe: Recipe = Recipe()) throws {
    folder = try TemporaryFolder()
    var random = SplitMix64(seed: recipe.seed)
    var rows = ["path,\(recipe.hasLabel ? "label," : "")camera,taken"]
    var first: [UInt8]?
    for index in 0..<recipe.count {
      let camera = Self.pick(recipe.cameras, &random)
      let label = Self.pick(recipe.labels, &random)
      let fresh = Self.image(recipe, camera, &random)
      let isCopy = Double.random(in: 0..<1, using: &random) < recipe.repeated
      let image = isCopy ? first ?? fresh : fresh
      first = first ?? image
      try folder.write(image, to: "photos/\(recipe.seed)-\(index).jpg")
      let hour = recipe.hours.lowerBound + Int(random.next() % UInt64(recipe.hours.count))
      let day = 10 + random.next() % 18
      rows.append(
        "\(recipe.seed)-\(index).jpg,\(recipe.hasLabel ? "\(["scratch", "dent", "clean"][label])," : "")"
          + "\(["a", "b", "c"][camera]),2026-03-\(day)T\(hour < 10 ? "0" : "")\(hour):30:00Z")
    }
    try folder.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: "rows.csv")
  }

  private static func pick(_ shares: [Double], _ random: inout SplitMix64) -> Int {
    var left = Double.random(in: 0..<1, using: &random)
    for (index, share) in shares.enumerated() {
      left -= share
      if left < 0 { return index }
    }
    return shares.count - 1
  }

  private static func image(_ recipe: Recipe, _ camera: Int, _ random: inout SplitMix64) -> [UInt8] {
    let scene = ImageForge.scene(width: recipe.side, height: recipe.side, channels: 3, seed: random.next())
    // Green is warm and blue is dim, so that the order of channels can be seen; camera c is bright.
    let gains = [[230, 200, 140], [200, 180, 130], [255, 235, 190]][camera]
    let seen = scene.enumerated().map { UInt8(Int($1) * gains[$0 % 3] / 256) }
    var jpeg = JPEGRecipe(
      width: recipe.side, height: recipe.side, pixels: recipe.change(seen, recipe.side, &random))
    jpeg.quality = recipe.quality
    if recipe.hasEXIF {
      var exif = EXIFForge()
      exif.make = "Forge"
      exif.model = ["A-1", "B-1", recipe.modelOfC][camera]
      jpeg.exif = exif.tiff()
    }
    return ImageForge.jpeg(jpeg)
  }
}
