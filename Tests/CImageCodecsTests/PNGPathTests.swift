import AssayTestSupport
import CImageCodecs
import Testing

/// The two ways of a PNG, our own and libpng's: the same pixels, outcomes and reasons.
struct PNGPathTests {
  /// A colour type of 8 bits that takes our own way.
  struct Plain: CustomTestStringConvertible {
    var colorType: Int
    var sampleCount: Int
    var testDescription: String { "type \(colorType)" }

    func recipe(width: Int, height: Int, isSmooth: Bool, filter: Int) -> PNGRecipe {
      let count = width * height * sampleCount
      let samples =
        isSmooth
        ? ImageForge.scene(width: width, height: height, channels: sampleCount, seed: 3).map(UInt16.init)
        : ImageForge.samples(count, depth: 8, seed: UInt64(count))
      var recipe = PNGRecipe(width: width, height: height, colorType: colorType, depth: 8, samples: samples)
      recipe.filter = filter
      if colorType == 3 { recipe.palette = ImageForge.noise(768, seed: 7) }
      return recipe
    }
  }

  static let plain = [(0, 1), (2, 3), (3, 1), (4, 2), (6, 4)].map {
    Plain(colorType: $0.0, sampleCount: $0.1)
  }

  static let sizes = [(1, 1), (1, 9), (2, 5), (3, 3), (17, 4), (64, 33), (301, 40)]

  @Test(arguments: plain, 0...5) func bothWaysGiveTheSamePixels(plain: Plain, filter: Int) {
    for (width, height) in Self.sizes {
      for isSmooth in [false, true] {
        let png = ImageForge.png(
          plain.recipe(width: width, height: height, isSmooth: isSmooth, filter: filter))
        let own = decode(png: png, byLibrary: false)
        #expect(own.outcome == ASSAY_OUTCOME_OK.rawValue)
        #expect(own == decode(png: png, byLibrary: true), "\(width) x \(height)")
      }
    }
  }

  @Test(arguments: plain) func bothWaysJudgeDamageAlike(plain: Plain) {
    var outcomes: Set<UInt32> = []
    let png = ImageForge.png(plain.recipe(width: 40, height: 30, isSmooth: true, filter: 5))
    for seed in UInt64(0)..<300 {
      var bytes = ImageForge.mutated(png, seed: seed)
      if seed % 2 == 0 {
        var chunks = ImageForge.chunks(of: png)
        let at = Int(seed / 2) % chunks.count
        chunks[at].data = ImageForge.mutated(chunks[at].data, seed: seed)
        bytes = ImageForge.png(chunks: chunks)
      }
      guard bytes.starts(with: ImageForge.pngSignature) else { continue }
      let own = decode(png: bytes, byLibrary: false)
      outcomes.insert(own.outcome)
      #expect(own == decode(png: bytes, byLibrary: true), "seed \(seed)")
    }
    #expect(outcomes.isSuperset(of: [ASSAY_OUTCOME_DAMAGED.rawValue, ASSAY_OUTCOME_UNDECODABLE.rawValue]))
  }

  @Test(arguments: plain) func withoutMemoryForAllRowsTheyComeOneByOne(plain: Plain) {
    let png = ImageForge.png(plain.recipe(width: 300, height: 900, isSmooth: false, filter: 5))
    // The least memory that is not refused leaves no room for the 270,000 bytes or more of all rows.
    let tight = stride(from: UInt64(100_000), to: 4_000_000, by: 20_000).lazy
      .map { decode(png: png, byLibrary: false, memory: $0) }
      .first { $0.outcome != ASSAY_OUTCOME_REFUSED.rawValue }
    #expect(tight == decode(png: png, byLibrary: false))
  }

  @Test func aWrongChecksumOfTheCompressedDataCostsNoRow() throws {
    var chunks = ImageForge.chunks(
      of: ImageForge.png(Self.plain[1].recipe(width: 20, height: 20, isSmooth: true, filter: 0)))
    let whole = decode(png: ImageForge.png(chunks: chunks), byLibrary: false)
    let data = try #require(chunks.firstIndex { $0.type == "IDAT" })
    chunks[data].data[chunks[data].data.count - 1] ^= 1
    let damaged = decode(png: ImageForge.png(chunks: chunks), byLibrary: false)
    #expect(damaged.outcome == ASSAY_OUTCOME_DAMAGED.rawValue)
    #expect(damaged.reason == ASSAY_REASON_CORRUPT_DATA.rawValue)
    #expect(damaged.pixels == whole.pixels)
  }

  @Test(arguments: [1, 2, 4, 8, 16]) func aKeyBeyondTheDepthCountsByItsLowBits(depth: Int) {
    let samples = ImageForge.samples(60, depth: depth, seed: 2)
    var recipe = PNGRecipe(width: 10, height: 6, colorType: 0, depth: depth, samples: samples)
    let key = samples[0]
    recipe.transparency = [UInt8(key >> 8), UInt8(key & 255)]
    let expected = decode(png: ImageForge.png(recipe), byLibrary: false)
    if depth < 16 { recipe.transparency = [UInt8(key >> 8) | 0x80, UInt8(key & 255)] }
    #expect(decode(png: ImageForge.png(recipe), byLibrary: false) == expected)
  }

  @Test func bytesAfterTheCompressedDataAreDamageOnEveryWay() throws {
    for isInterlaced in [false, true] {
      var recipe = Self.plain[1].recipe(width: 20, height: 20, isSmooth: true, filter: 5)
      recipe.isInterlaced = isInterlaced
      var chunks = ImageForge.chunks(of: ImageForge.png(recipe))
      let data = try #require(chunks.firstIndex { $0.type == "IDAT" })
      chunks[data].data += [1, 2, 3]
      let decoded = decode(png: ImageForge.png(chunks: chunks), byLibrary: false)
      #expect(decoded.outcome == ASSAY_OUTCOME_DAMAGED.rawValue)
      #expect(decoded.rows == 20)
    }
  }
}
