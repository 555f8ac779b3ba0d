import AssayCore
import AssayIngest
import AssayTestSupport
import Testing

/// Limits are checked before anything is allocated, and named.
struct LimitTests {
  static let jpeg = ImageForge.jpeg(
    JPEGRecipe(width: 64, height: 48, pixels: ImageForge.noise(64 * 48 * 3, seed: 1)))
  static let png = ImageForge.png(
    PNGRecipe(
      width: 64, height: 48, colorType: 2, depth: 8,
      samples: ImageForge.samples(64 * 48 * 3, depth: 8, seed: 1)))

  static let cases: [(ReasonCode, @Sendable (inout DecodeLimits) -> Void)] = [
    (.limitWidth, { $0.maxWidth = 63 }), (.limitHeight, { $0.maxHeight = 47 }),
    (.limitPixels, { $0.maxPixels = 64 * 48 - 1 }), (.limitMemory, { $0.maxMemory = 1000 }),
  ]

  @Test(arguments: cases.indices) func aLimitRefusesAndIsNamed(index: Int) {
    var options = DecodeOptions()
    Self.cases[index].1(&options.limits)
    for bytes in [Self.jpeg, Self.png] {
      let observation = observe(bytes, options: options)
      #expect(observation.outcome == .refused)
      #expect(observation.reason == Self.cases[index].0.rawValue)
      #expect(observation[.width] == .integer(64))
      #expect(observation.pixels == nil)
    }
  }

  @Test func theLimitItselfIsAllowed() {
    var options = DecodeOptions()
    options.limits.maxWidth = 64
    options.limits.maxHeight = 48
    options.limits.maxPixels = 64 * 48
    #expect(observe(Self.jpeg, options: options).outcome == .ok)
    #expect(observe(Self.png, options: options).outcome == .ok)
  }

  @Test func scansAreLimited() {
    var recipe = JPEGRecipe(width: 64, height: 48, pixels: ImageForge.noise(64 * 48 * 3, seed: 1))
    recipe.isProgressive = true
    var options = DecodeOptions()
    options.limits.maxScans = 3
    let observation = observe(ImageForge.jpeg(recipe), options: options)
    #expect(observation.outcome == .refused)
    #expect(observation.reason == ReasonCode.limitScans.rawValue)
  }

  @Test func aBombThatClaimsGigapixelsIsRefused() {
    var chunks = ImageForge.chunks(of: Self.png)
    chunks[0].data.replaceSubrange(0..<8, with: PNGChunk.bigEndian(60_000) + PNGChunk.bigEndian(60_000))
    #expect(observe(ImageForge.png(chunks: chunks)).reason == ReasonCode.limitPixels.rawValue)
  }

  @Test func littleMemoryStreamsALargePNG() {
    let samples = ImageForge.samples(700 * 700, depth: 8, seed: 1)
    let png = ImageForge.png(PNGRecipe(width: 700, height: 700, colorType: 0, depth: 8, samples: samples))
    var options = DecodeOptions()
    options.limits.maxMemory = 250_000
    let streamed = observe(png, options: options)
    #expect(streamed.outcome == .ok)
    #expect(streamed == observe(png))
  }
}
