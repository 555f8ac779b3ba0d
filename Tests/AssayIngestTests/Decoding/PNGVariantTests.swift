import AssayCore
import AssayIngest
import AssayTestSupport
import Testing

/// Every colour type, depth, interlace method and filter of PNG against the samples it was made of.
struct PNGVariantTests {
  struct Variant: CustomTestStringConvertible {
    var colorType: Int
    var depth: Int
    var isInterlaced: Bool
    var hasTransparency: Bool

    var testDescription: String {
      "type \(colorType), \(depth) bits\(isInterlaced ? ", interlaced" : "")\(hasTransparency ? ", tRNS" : "")"
    }

    static let all: [Variant] = {
      let kinds = [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])]
      var all: [Variant] = []
      for (colorType, depths) in kinds {
        for depth in depths {
          for isInterlaced in [false, true] {
            for hasTransparency in colorType < 4 ? [false, true] : [false] {
              all.append(
                Variant(
                  colorType: colorType, depth: depth, isInterlaced: isInterlaced,
                  hasTransparency: hasTransparency))
            }
          }
        }
      }
      return all
    }()

    var sampleCount: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 0 }

    func recipe(width: Int, height: Int) -> PNGRecipe {
      let seed = UInt64(colorType * 1000 + depth * 10 + width)
      var samples = ImageForge.samples(width * height * sampleCount, depth: depth, seed: seed)
      // The first pixel's colour is the transparent one; a second pixel has it, too.
      if width * height > 1 {
        for c in 0..<sampleCount { samples[samples.count - sampleCount + c] = samples[c] }
      }
      var recipe = PNGRecipe(
        width: width, height: height, colorType: colorType, depth: depth, samples: samples)
      recipe.isInterlaced = isInterlaced
      if colorType == 3 {
        recipe.palette = ImageForge.noise(3 << depth, seed: seed)
        recipe.transparency = hasTransparency ? ImageForge.noise(1 << (depth - 1), seed: seed + 1) : nil
      } else if hasTransparency {
        recipe.transparency = samples.prefix(sampleCount).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
      }
      return recipe
    }
  }

  /// The frame that a recipe must give, by the words of the specification.
  static func expected(_ recipe: PNGRecipe) -> Frame {
    let scale = recipe.depth >= 8 ? 1 : 255 / (1 << recipe.depth - 1)
    let opaque = recipe.depth == 16 ? 65_535 : 255
    let perPixel = recipe.samples.count / (recipe.width * recipe.height)
    var samples: [Int] = []
    for at in stride(from: 0, to: recipe.samples.count, by: perPixel) {
      let pixel = recipe.samples[at..<at + perPixel].map(Int.init)
      if let palette = recipe.palette {
        samples += palette[3 * pixel[0]..<3 * pixel[0] + 3].map(Int.init)
        if let alphas = recipe.transparency {
          samples.append(pixel[0] < alphas.count ? Int(alphas[pixel[0]]) : 255)
        }
      } else {
        samples += pixel.map { $0 * scale }
        if recipe.transparency != nil {
          samples.append(pixel == recipe.samples.prefix(perPixel).map(Int.init) ? 0 : opaque)
        }
      }
    }
    return Frame(
      width: recipe.width, height: recipe.height,
      channels: samples.count / (recipe.width * recipe.height), sampleBits: recipe.depth == 16 ? 16 : 8,
      samples: samples)
  }

  @Test(arguments: Variant.all) func everyVariantDecodesToItsSamples(variant: Variant) {
    for (width, height) in [(1, 1), (2, 3), (5, 1), (9, 7), (33, 18), (64, 40)] {
      let recipe = variant.recipe(width: width, height: height)
      #expect(frame(ImageForge.png(recipe)) == Self.expected(recipe), "\(width) x \(height)")
    }
  }

  @Test(arguments: Variant.all) func everyVariantIsOk(variant: Variant) {
    let observation = observe(ImageForge.png(variant.recipe(width: 21, height: 13)))
    #expect(observation.outcome == .ok)
    #expect(observation[.bitDepth] == .integer(Int64(variant.depth)))
    #expect(observation[.pngColorType] == .integer(Int64(variant.colorType)))
    #expect(observation[.pngInterlaced] == .boolean(variant.isInterlaced))
  }

  @Test(arguments: 0...4) func everyFilterIsUndone(filter: Int) {
    for (colorType, perPixel) in [(0, 1), (2, 3), (4, 2), (6, 4)] {
      let samples = ImageForge.scene(width: 50, height: 20, channels: perPixel, seed: UInt64(filter)).map(
        UInt16.init)
      var recipe = PNGRecipe(width: 50, height: 20, colorType: colorType, depth: 8, samples: samples)
      recipe.filter = filter
      #expect(frame(ImageForge.png(recipe)) == Self.expected(recipe), "type \(colorType)")
    }
  }

  @Test func imageDataMayComeInManyChunks() {
    var recipe = PNGRecipe(
      width: 40, height: 30, colorType: 2, depth: 8,
      samples: ImageForge.samples(3600, depth: 8, seed: 4))
    recipe.chunkByteCount = 7
    #expect(frame(ImageForge.png(recipe)) == Self.expected(recipe))
    #expect(observe(ImageForge.png(recipe)).outcome == .ok)
  }

  @Test func sixteenBitsAreRescaledForStatisticsAndCutForHistograms() throws {
    let recipe = PNGRecipe(width: 2, height: 1, colorType: 0, depth: 16, samples: [0x00FF, 0x80FF])
    let observation = observe(ImageForge.png(recipe))
    let histograms = try #require(observation.pixels).histograms
    #expect(histograms[0] == 1)
    #expect(histograms[0x80] == 1)
    let rescaled = [0x00FF, 0x80FF].map { Double(($0 * 255 + 32895) >> 16) }
    #expect(observation[.meanR] == .real((rescaled[0] + rescaled[1]) / 2))
  }

  @Test func anAlphaOfOneInSixteenBitsIsNotTransparent() {
    let recipe = PNGRecipe(width: 2, height: 1, colorType: 4, depth: 16, samples: [500, 1, 500, 0])
    #expect(observe(ImageForge.png(recipe))[.transparent] == .real(0.5))
  }

  @Test func paletteStatisticsAreThoseOfItsColors() {
    var recipe = PNGRecipe(width: 2, height: 1, colorType: 3, depth: 1, samples: [0, 1])
    recipe.palette = [10, 20, 30, 110, 120, 130]
    let observation = observe(ImageForge.png(recipe))
    #expect(observation[.meanR] == .real(60))
    #expect(observation[.meanB] == .real(80))
    #expect(observation[.colorModel] == .text("palette"))
  }

  @Test func grayStoredAsRGBIsGray() {
    let gray = ImageForge.samples(100, depth: 8, seed: 2).flatMap { [$0, $0, $0] }
    let recipe = PNGRecipe(width: 10, height: 10, colorType: 2, depth: 8, samples: gray)
    #expect(observe(ImageForge.png(recipe))[.grayExact] == .boolean(true))
  }

  @Test func aFullyTransparentImageHasNoPixelStatistics() {
    let recipe = PNGRecipe(width: 1, height: 2, colorType: 4, depth: 8, samples: [9, 0, 9, 0])
    let observation = observe(ImageForge.png(recipe))
    #expect(observation[.transparent] == .real(1))
    #expect(observation[.meanR] == .missing)
    #expect(observation[.entropy] == .missing)
  }

  @Test func maskValuesAreTheStoredOnes() {
    var options = DecodeOptions()
    options.collectsSampleValues = true
    var palette = PNGRecipe(width: 3, height: 1, colorType: 3, depth: 4, samples: [0, 11, 3])
    palette.palette = ImageForge.noise(48, seed: 1)
    #expect(observe(ImageForge.png(palette), options: options).sampleValues == [0, 3, 11])
    let two = PNGRecipe(width: 3, height: 1, colorType: 0, depth: 2, samples: [3, 1, 3])
    #expect(observe(ImageForge.png(two), options: options).sampleValues == [1, 3])
    let wide = PNGRecipe(width: 2, height: 1, colorType: 0, depth: 16, samples: [65_535, 258])
    #expect(observe(ImageForge.png(wide), options: options).sampleValues == [258, 65_535])
  }

  @Test func alphaIsNoMaskValue() {
    var options = DecodeOptions()
    options.collectsSampleValues = true
    let recipe = PNGRecipe(width: 1, height: 1, colorType: 4, depth: 8, samples: [7, 200])
    #expect(observe(ImageForge.png(recipe), options: options).sampleValues == [7])
  }
}
