import AssayCore
import AssayIngest
import AssayTestSupport
import CImageForge
import Testing

/// EXIF orientation is applied before anything is measured.
struct OrientationTests {
  /// A gray image of 3 x 2 blocks of 8 x 8 pixels with the levels 0, 40, 80 / 120, 160, 200.
  static func recipe(orientation: Int?) -> JPEGRecipe {
    var pixels: [UInt8] = []
    for y in 0..<16 {
      for x in 0..<24 {
        let block = y / 8 * 3 + x / 8
        pixels.append(UInt8(40 * block))
      }
    }
    var recipe = JPEGRecipe(width: 24, height: 16, pixels: pixels, model: ASSAY_FORGE_GRAY)
    recipe.quality = 100
    var exif = EXIFForge()
    exif.orientation = orientation
    recipe.exif = exif.tiff()
    return recipe
  }

  /// The block numbers as seen, row by row.
  static let upright: [(Int, [[Int]])] = [
    (1, [[0, 1, 2], [3, 4, 5]]),
    (2, [[2, 1, 0], [5, 4, 3]]),
    (3, [[5, 4, 3], [2, 1, 0]]),
    (4, [[3, 4, 5], [0, 1, 2]]),
    (5, [[0, 3], [1, 4], [2, 5]]),
    (6, [[3, 0], [4, 1], [5, 2]]),
    (7, [[5, 2], [4, 1], [3, 0]]),
    (8, [[2, 5], [1, 4], [0, 3]]),
  ]

  @Test(arguments: upright) func blocksStandWhereTheyAreSeen(orientation: Int, blocks: [[Int]]) throws {
    let found = try #require(frame(ImageForge.jpeg(Self.recipe(orientation: orientation))))
    #expect(found.height == 8 * blocks.count)
    #expect(found.width == 8 * blocks[0].count)
    for (row, numbers) in blocks.enumerated() {
      for (column, number) in numbers.enumerated() {
        for (dx, dy) in [(0, 0), (7, 0), (0, 7), (7, 7), (3, 4)] {
          let level = found.samples[(8 * row + dy) * found.width + 8 * column + dx]
          #expect(abs(level - 40 * number) <= 2)
        }
      }
    }
  }

  @Test(arguments: upright) func widthAndHeightAreAsSeen(orientation: Int, blocks: [[Int]]) {
    let observation = observe(ImageForge.jpeg(Self.recipe(orientation: orientation)))
    #expect(observation[.width] == .integer(Int64(8 * blocks[0].count)))
    #expect(observation[.height] == .integer(Int64(8 * blocks.count)))
    #expect(observation[.orientation] == .integer(Int64(orientation)))
  }

  @Test(arguments: 2...8) func turnedColorEqualsTheTurnedFrame(orientation: Int) throws {
    let pixels = ImageForge.scene(width: 70, height: 41, channels: 3, seed: 3)
    var recipe = JPEGRecipe(width: 70, height: 41, pixels: pixels)
    let stored = try #require(frame(ImageForge.jpeg(recipe)))
    var exif = EXIFForge()
    exif.orientation = orientation
    recipe.exif = exif.tiff()
    let seen = try #require(frame(ImageForge.jpeg(recipe)))
    let swaps = orientation >= 5
    let flipsX = [2, 3, 7, 8].contains(orientation)
    let flipsY = [3, 4, 6, 7].contains(orientation)
    for y in 0..<seen.height {
      for x in 0..<seen.width {
        let (column, row) = swaps ? (y, x) : (x, y)
        let from = (flipsY ? 40 - row : row) * 70 + (flipsX ? 69 - column : column)
        let to = y * seen.width + x
        try #require(seen.samples[3 * to..<3 * to + 3] == stored.samples[3 * from..<3 * from + 3])
      }
    }
  }

  @Test func statisticsAreTakenUpright() {
    let upright = observe(ImageForge.jpeg(Self.recipe(orientation: 1)))
    let turned = observe(ImageForge.jpeg(Self.recipe(orientation: 3)))
    #expect(upright[.lumaMean] == turned[.lumaMean])
    #expect(upright[.topBottom].number.map { -$0 } == turned[.topBottom].number)
  }

  @Test(arguments: [0, 9, 65_535]) func anInvalidOrientationIsUprightAndRemarked(orientation: Int) {
    let observation = observe(ImageForge.jpeg(Self.recipe(orientation: orientation)))
    #expect(observation.outcome == .ok)
    #expect(observation.reason == ReasonCode.badOrientation.rawValue)
    #expect(observation[.orientation] == .integer(1))
    #expect(observation[.width] == .integer(24))
  }

  @Test func pngOrientationIsApplied() {
    var recipe = PNGRecipe(width: 5, height: 2, colorType: 0, depth: 16, samples: (0..<10).map { $0 * 6000 })
    var exif = EXIFForge()
    exif.littleEndian = false
    exif.orientation = 6
    recipe.chunks = [PNGChunk("eXIf", exif.tiff())]
    let found = frame(ImageForge.png(recipe))
    #expect(found?.width == 2)
    #expect(found?.samples.prefix(4) == [30_000, 0, 36_000, 6000])
  }
}
