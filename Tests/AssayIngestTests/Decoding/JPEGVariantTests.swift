import AssayCore
import AssayIngest
import AssayTestSupport
import CImageForge
import Testing

/// The variants of JPEG.
struct JPEGVariantTests {
  static func recipe(_ model: assay_forge_model_t = ASSAY_FORGE_YCBCR, width: Int = 45, height: Int = 35)
    -> JPEGRecipe
  {
    let channels = model == ASSAY_FORGE_GRAY ? 1 : model.rawValue <= ASSAY_FORGE_RGB.rawValue ? 3 : 4
    return JPEGRecipe(
      width: width, height: height,
      pixels: ImageForge.scene(width: width, height: height, channels: channels, seed: 11), model: model)
  }

  /// The largest difference between a decoded frame and what was encoded.
  static func distance(_ bytes: [UInt8], to pixels: [UInt8]) throws -> Int {
    let found = try #require(frame(bytes)).samples
    try #require(found.count == pixels.count)
    return zip(found, pixels).map { abs($0 - Int($1)) }.max() ?? 0
  }

  @Test(arguments: [
    (1, 1, "4:4:4"), (2, 1, "4:2:2"), (2, 2, "4:2:0"), (1, 2, "4:4:0"), (4, 1, "4:1:1"), (4, 2, "4:1:0"),
  ])
  func subsamplingIsNamedAndDecoded(horizontal: Int, vertical: Int, name: String) {
    var recipe = Self.recipe()
    recipe.sampling = (horizontal, vertical)
    for isProgressive in [false, true] {
      recipe.isProgressive = isProgressive
      let observation = observe(ImageForge.jpeg(recipe))
      #expect(observation.outcome == .ok)
      #expect(observation[.jpegSubsampling] == .text(name))
      #expect(observation[.jpegProgressive] == .boolean(isProgressive))
    }
  }

  @Test func progressiveAndBaselineGiveTheSamePixels() {
    var recipe = Self.recipe()
    let baseline = frame(ImageForge.jpeg(recipe))
    recipe.isProgressive = true
    #expect(frame(ImageForge.jpeg(recipe)) == baseline)
  }

  @Test func arithmeticCodingGivesTheSamePixels() {
    var recipe = Self.recipe()
    let baseline = frame(ImageForge.jpeg(recipe))
    recipe.isArithmetic = true
    #expect(frame(ImageForge.jpeg(recipe)) == baseline)
  }

  @Test func restartMarkersChangeNothing() {
    var recipe = Self.recipe()
    let plain = frame(ImageForge.jpeg(recipe))
    recipe.restartInterval = 1
    #expect(frame(ImageForge.jpeg(recipe)) == plain)
    #expect(observe(ImageForge.jpeg(recipe)).outcome == .ok)
  }

  @Test(arguments: [(ASSAY_FORGE_GRAY, "gray"), (ASSAY_FORGE_RGB, "rgb"), (ASSAY_FORGE_YCBCR, "ycbcr")])
  func aFineJPEGIsCloseToItsPixels(model: assay_forge_model_t, name: String) throws {
    var recipe = Self.recipe(model)
    recipe.sampling = (1, 1)
    recipe.quality = 100
    let bytes = ImageForge.jpeg(recipe)
    #expect(try Self.distance(bytes, to: recipe.pixels) <= 3)
    #expect(observe(bytes)[.colorModel] == .text(name))
  }

  @Test func grayHasOneChannelAndIsGray() throws {
    let bytes = ImageForge.jpeg(Self.recipe(ASSAY_FORGE_GRAY))
    #expect(try #require(frame(bytes)).channels == 1)
    let observation = observe(bytes)
    #expect(observation[.channels] == .integer(1))
    #expect(observation[.grayExact] == .boolean(true))
    #expect(observation[.jpegSubsampling] == .missing)
  }

  /// RGB of CMYK samples that are stored as they are, or as complements.
  static func rgb(_ cmyk: [UInt8], areComplements: Bool) -> [UInt8] {
    stride(from: 0, to: cmyk.count, by: 4).flatMap { at in
      (0..<3).map { c in
        let ink = areComplements ? Int(cmyk[at + c]) : 255 - Int(cmyk[at + c])
        let black = areComplements ? Int(cmyk[at + 3]) : 255 - Int(cmyk[at + 3])
        return UInt8((2 * ink * black + 255) / 510)
      }
    }
  }

  @Test(arguments: [(ASSAY_FORGE_CMYK, "cmyk"), (ASSAY_FORGE_YCCK, "ycck")])
  func adobeStoresComplements(model: assay_forge_model_t, name: String) throws {
    var recipe = Self.recipe(model)
    recipe.sampling = (1, 1)
    recipe.quality = 100
    let bytes = ImageForge.jpeg(recipe)
    #expect(try Self.distance(bytes, to: Self.rgb(recipe.pixels, areComplements: true)) <= 6)
    #expect(observe(bytes)[.colorModel] == .text(name))
  }

  @Test func cmykWithoutAdobesMarkerIsStoredAsItIs() throws {
    var recipe = Self.recipe(ASSAY_FORGE_CMYK)
    recipe.sampling = (1, 1)
    recipe.quality = 100
    recipe.omitsAdobeMarker = true
    #expect(
      try Self.distance(ImageForge.jpeg(recipe), to: Self.rgb(recipe.pixels, areComplements: false)) <= 6)
  }

  @Test(arguments: 1...100) func theQualityOfALibjpegFileIsExact(quality: Int) {
    var recipe = Self.recipe(width: 8, height: 8)
    recipe.quality = quality
    #expect(observe(ImageForge.jpeg(recipe))[.jpegQuality] == .integer(Int64(quality)))
  }

  @Test func tableDigestsTellQualitiesApart() {
    let digests = Set(
      (1...100).map { quality in
        var recipe = Self.recipe(width: 8, height: 8)
        recipe.quality = quality
        return observe(ImageForge.jpeg(recipe))[.jpegTables]
      })
    #expect(digests.count == 100)
  }

  @Test func profilesAreToldApart() {
    var recipe = Self.recipe()
    #expect(observe(ImageForge.jpeg(recipe))[.icc] == .text("none"))
    recipe.profile = ImageForge.noise(100_000, seed: 1)
    let first = observe(ImageForge.jpeg(recipe))
    recipe.profile?[99_999] ^= 1
    #expect(first.outcome == .ok)
    #expect(observe(ImageForge.jpeg(recipe))[.icc] != first[.icc])
    #expect(first[.icc] != .text("none"))
  }

  @Test func maskValuesOfAGrayJPEGAreItsLevels() {
    var options = DecodeOptions()
    options.collectsSampleValues = true
    var recipe = JPEGRecipe(
      width: 8, height: 8, pixels: [UInt8](repeating: 128, count: 64), model: ASSAY_FORGE_GRAY)
    recipe.quality = 100
    #expect(observe(ImageForge.jpeg(recipe), options: options).sampleValues == [128])
  }
}
