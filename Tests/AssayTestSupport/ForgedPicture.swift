/// A picture like no other: soft light and dark places where its seed puts them, that can be turned without loss.
package struct ForgedPicture {
  package let width: Int
  package let height: Int
  /// Row-major, R G B interleaved.
  package let pixels: [UInt8]

  package init(width: Int, height: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// A coarse grid of random levels, drawn as smooth slopes between them.
  package init(seed: UInt64, width: Int = 96, height: Int = 64) {
    let cells = 9
    var random = SplitMix64(seed: seed)
    let levels = (0..<cells * cells).map { _ in Int.random(in: 10...245, using: &random) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for y in 0..<height {
      let (row, down) = (y * (cells - 1)).quotientAndRemainder(dividingBy: height)
      for x in 0..<width {
        let (column, across) = (x * (cells - 1)).quotientAndRemainder(dividingBy: width)
        let at = cells * row + column
        let upper = levels[at] * (width - across) + levels[at + 1] * across
        let lower = levels[at + cells] * (width - across) + levels[at + cells + 1] * across
        let level = (upper * (height - down) + lower * down) / (width * height)
        pixels += [UInt8(level), UInt8(level / 2 + 40), UInt8(255 - level)]
      }
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The same with every pixel where `place` says, in a picture of that size: (x, y) to the place it comes from.
  private func moved(_ width: Int, _ height: Int, _ place: (Int, Int) -> (Int, Int)) -> ForgedPicture {
    var moved: [UInt8] = []
    moved.reserveCapacity(pixels.count)
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = place(x, y)
        let at = 3 * (row * self.width + column)
        moved += pixels[at..<at + 3]
      }
    }
    return ForgedPicture(width: width, height: height, pixels: moved)
  }

  package var mirrored: ForgedPicture { moved(width, height) { (width - 1 - $0, $1) } }
  package var flipped: ForgedPicture { moved(width, height) { ($0, height - 1 - $1) } }
  package var transposed: ForgedPicture { moved(height, width) { ($1, $0) } }
  /// By 90 degrees, clockwise.
  package var turnedRight: ForgedPicture { moved(height, width) { ($1, height - 1 - $0) } }
  /// By 90 degrees, the other way.
  package var turnedLeft: ForgedPicture { moved(height, width) { (width - 1 - $1, $0) } }

  /// The seven other symmetries, in the order in which hashes of them come.
  package var turns: [ForgedPicture] {
    [mirrored, flipped, mirrored.flipped, transposed, turnedRight, turnedLeft, transposed.mirrored.flipped]
  }

  /// Encoded as PNG.
  package var png: [UInt8] {
    ImageForge.png(
      PNGRecipe(width: width, height: height, colorType: 2, depth: 8, samples: pixels.map { UInt16($0) }))
  }

  /// Encoded as JPEG.
  package func jpeg(quality: Int = 90) -> [UInt8] {
    var recipe = JPEGRecipe(width: width, height: height, pixels: pixels)
    recipe.quality = quality
    return ImageForge.jpeg(recipe)
  }
}
