import AssayCore
import AssayIngest
import AssayTestSupport
import CImageForge
import Testing

/// Outcomes and reasons: a bad image is data.
struct OutcomeTests {
  static let jpeg = ImageForge.jpeg(
    JPEGRecipe(width: 96, height: 96, pixels: ImageForge.scene(width: 96, height: 96, channels: 3, seed: 1)))

  static func pngRecipe() -> PNGRecipe {
    PNGRecipe(
      width: 60, height: 50, colorType: 2, depth: 8, samples: ImageForge.samples(9000, depth: 8, seed: 8))
  }

  static let png = ImageForge.png(pngRecipe())

  static func progressive() -> [UInt8] {
    var recipe = JPEGRecipe(
      width: 96, height: 96, pixels: ImageForge.scene(width: 96, height: 96, channels: 3, seed: 1))
    recipe.isProgressive = true
    return ImageForge.jpeg(recipe)
  }

  /// The number of rows that a detail tells.
  static func rows(_ detail: String) -> Int? {
    detail.firstMatch(of: /(\d+) of \d+ rows/).flatMap { Int($0.output.1) }
  }

  func expect(
    _ bytes: [UInt8], _ outcome: DecodeOutcome, _ reason: ReasonCode?,
    location: SourceLocation = #_sourceLocation
  ) {
    let observation = observe(bytes)
    #expect(observation.outcome == outcome, "\(observation.detail ?? "")", sourceLocation: location)
    #expect(observation.reason == reason?.rawValue, "\(observation.detail ?? "")", sourceLocation: location)
    let hasPixels = outcome == .ok || outcome == .damaged
    #expect((observation.pixels != nil) == hasPixels, sourceLocation: location)
    #expect((observation[.dHash] != .missing) == hasPixels, sourceLocation: location)
  }

  @Test func wholeImagesAreOk() {
    expect(Self.jpeg, .ok, nil)
    expect(Self.png, .ok, nil)
    expect(Self.progressive(), .ok, nil)
  }

  @Test func noBytesAreEmpty() { expect([], .undecodable, .empty) }

  @Test func junkIsOfUnknownFormat() { expect(Array("hello, world".utf8), .undecodable, .unknownFormat) }

  @Test(arguments: [0.3, 0.5, 0.9]) func aTruncatedJPEGIsDamaged(fraction: Double) {
    // The header takes the first 600 bytes or so of about 5,000.
    expect(ImageForge.truncated(Self.jpeg, to: fraction), .damaged, .truncated)
  }

  @Test func aTruncatedJPEGTellsHowManyRowsCame() throws {
    let detail = try #require(observe(ImageForge.truncated(Self.jpeg, to: 0.6)).detail)
    let rows = try #require(Self.rows(detail))
    #expect((16...80).contains(rows))
  }

  @Test func aTruncatedProgressiveJPEGIsDamaged() {
    expect(ImageForge.truncated(Self.progressive(), to: 0.5), .damaged, .truncated)
  }

  @Test func aJPEGCutInItsHeaderIsUndecodable() {
    expect(Array(Self.jpeg.prefix(100)), .undecodable, .truncated)
  }

  @Test func aJPEGWithoutScanDataIsUndecodable() throws {
    let scan = try #require(Self.jpeg.indices.first { Self.jpeg[$0...].starts(with: [0xFF, 0xDA]) })
    expect(Array(Self.jpeg.prefix(scan + 14)), .undecodable, .truncated)
  }

  @Test func aJPEGWithoutItsEndMarkerIsDamaged() {
    expect(Array(Self.jpeg.dropLast(2)), .damaged, .missingEnd)
    expect(Array(Self.progressive().dropLast(2)), .damaged, .missingEnd)
  }

  @Test func scrambledScanDataAreCorrupt() {
    var bytes = Self.jpeg
    let middle = bytes.count / 2
    bytes.replaceSubrange(
      middle..<middle + 40, with: [UInt8](repeating: 0x55, count: 20) + [UInt8](repeating: 0xAA, count: 20))
    bytes.insert(contentsOf: [0xFF, 0xD3], at: middle)
    expect(bytes, .damaged, .corruptData)
  }

  @Test func aJPEGOfNoHeightHasABadHeader() throws {
    var bytes = Self.jpeg
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes[frame + 5] = 0
    bytes[frame + 6] = 0
    expect(bytes, .undecodable, .badHeader)
  }

  @Test func twelveBitJPEGIsUnsupported() throws {
    var bytes = Self.jpeg
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes[frame + 1] = 0xC1
    bytes[frame + 4] = 12
    expect(bytes, .unsupported, .unsupported)
    #expect(observe(bytes)[.width] == .integer(96))
    #expect(observe(bytes)[.bitDepth] == .integer(12))
  }

  @Test func losslessJPEGIsUnsupported() throws {
    var bytes = Self.jpeg
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes[frame + 1] = 0xC3
    expect(bytes, .unsupported, .unsupported)
  }

  @Test func bytesAfterTheEndAreARemark() {
    expect(Self.jpeg + Array("more".utf8), .ok, .trailingBytes)
    expect(Self.png + Array("more".utf8), .ok, .trailingBytes)
  }

  @Test func zeroPaddingIsSaidToBeZero() throws {
    let detail = try #require(observe(Self.jpeg + [UInt8](repeating: 0, count: 512)).detail)
    #expect(detail == "512 bytes after the end of the image, all zero")
  }

  @Test func anImageBehindTheImageIsNamed() throws {
    let detail = try #require(observe(Self.png + Self.jpeg).detail)
    #expect(detail.hasSuffix("after the end of the image, a jpeg image"))
  }

  @Test func endMarkersInsideEXIFDoNotEndTheImage() {
    var recipe = JPEGRecipe(width: 16, height: 16, pixels: ImageForge.noise(768, seed: 1))
    recipe.exif = EXIFForge().tiff() + [0xFF, 0xD9, 0xFF, 0xD9]
    expect(ImageForge.jpeg(recipe), .ok, nil)
  }

  @Test(arguments: [0.2, 0.5, 0.9]) func aTruncatedPNGIsDamaged(fraction: Double) {
    expect(ImageForge.truncated(Self.png, to: fraction), .damaged, .truncated)
  }

  @Test func rowsBeforeATruncationAreMeasured() throws {
    var recipe = Self.pngRecipe()
    recipe.samples = [UInt16](repeating: 200, count: 9000)
    recipe.level = 0
    let observation = observe(ImageForge.truncated(ImageForge.png(recipe), to: 0.5))
    let detail = try #require(observation.detail)
    let rows = try #require(Self.rows(detail))
    #expect((20...26).contains(rows))
    #expect(observation[.meanR] == .real(200 * Double(rows) / 50))
  }

  @Test func aTruncatedInterlacedPNGIsDamaged() {
    var recipe = Self.pngRecipe()
    recipe.isInterlaced = true
    expect(ImageForge.truncated(ImageForge.png(recipe), to: 0.6), .damaged, .truncated)
  }

  @Test func aPNGWithoutItsEndIsDamaged() { expect(Array(Self.png.dropLast(12)), .damaged, .missingEnd) }

  @Test func aPNGCutBeforeItsDataIsUndecodable() {
    expect(Array(Self.png.prefix(40)), .undecodable, .truncated)
  }

  @Test func aWrongChecksumOfImageDataIsDamage() {
    var bytes = Self.png
    bytes[bytes.count - 14] ^= 1
    expect(bytes, .damaged, .checksum)
  }

  @Test func aWrongChecksumOfAnAncillaryChunkIsDamage() {
    var recipe = Self.pngRecipe()
    recipe.chunks = [PNGChunk("tEXt", Array("Comment\0hello".utf8))]
    var bytes = ImageForge.png(recipe)
    bytes[8 + 25 + 8 + 3] ^= 1
    expect(bytes, .damaged, .checksum)
    #expect(observe(bytes).detail?.hasPrefix("tEXt: ") == true)
  }

  @Test func imageDataThatDoNotInflateAreCorrupt() throws {
    var chunks = ImageForge.chunks(of: Self.png)
    let data = try #require(chunks.firstIndex { $0.type == "IDAT" })
    let middle = chunks[data].data.count / 2
    for offset in 0..<200 { chunks[data].data[middle + offset] = 0xFF }
    let observation = observe(ImageForge.png(chunks: chunks))
    #expect(observation.outcome == .damaged)
    #expect(observation.reason == ReasonCode.corruptData.rawValue)
  }

  @Test func imageDataThatNeverInflateAreUndecodable() throws {
    var chunks = ImageForge.chunks(of: Self.png)
    let data = try #require(chunks.firstIndex { $0.type == "IDAT" })
    chunks[data].data[0] = 0
    expect(ImageForge.png(chunks: chunks), .undecodable, .corruptData)
  }

  @Test func aWrongFilterIsCorruptFromThatRowOn() {
    var recipe = Self.pngRecipe()
    recipe.level = 0
    recipe.filter = 0
    var chunks = ImageForge.chunks(of: ImageForge.png(recipe))
    // Stored blocks: 2 bytes of zlib, 5 of the block, then rows of 1 + 180 bytes.
    chunks[1].data[7 + 181 * 20] = 9
    let observation = observe(ImageForge.png(chunks: chunks))
    #expect(observation.outcome == .damaged)
    #expect(observation.detail?.contains("20 of 50 rows") == true)
  }

  @Test func aMissingPaletteIsABadHeader() {
    let recipe = PNGRecipe(
      width: 4, height: 4, colorType: 3, depth: 8, samples: [UInt16](repeating: 0, count: 16))
    expect(ImageForge.png(recipe), .undecodable, .badHeader)
  }

  @Test func aPaletteIndexWithoutAnEntryIsDamage() {
    var recipe = PNGRecipe(width: 4, height: 1, colorType: 3, depth: 8, samples: [0, 1, 2, 1])
    recipe.palette = [1, 2, 3, 4, 5, 6]
    expect(ImageForge.png(recipe), .damaged, .corruptData)
  }

  @Test(arguments: [(9, 3), (9, 7), (10, 1), (11, 1), (12, 2)])
  func anImpossibleHeaderIsBad(offset: Int, value: UInt8) {
    var chunks = ImageForge.chunks(of: Self.png)
    chunks[0].data[offset] = value
    expect(ImageForge.png(chunks: chunks), .undecodable, .badHeader)
  }

  @Test func anAnimatedPNGGivesItsDefaultImage() {
    var recipe = Self.pngRecipe()
    recipe.chunks = [PNGChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0])]
    var chunks = ImageForge.chunks(of: ImageForge.png(recipe))
    chunks.insert(PNGChunk("fdAT", [UInt8](repeating: 7, count: 30)), at: chunks.count - 1)
    let bytes = ImageForge.png(chunks: chunks)
    expect(bytes, .ok, nil)
    #expect(frame(bytes) == frame(Self.png))
  }

  @Test func headerFactsAreThereWhateverTheOutcome() {
    let observation = observe(Array(Self.jpeg.prefix(300)), memberName: "x/PHOTO.JPEG")
    #expect(observation.outcome == .undecodable)
    #expect(observation[.width] == .integer(96))
    #expect(observation[.fileExtension] == .text("jpeg"))
    #expect(observation[.format] == .text("jpeg"))
    #expect(observation[.byteCount] == .integer(300))
    #expect(observation[.jpegQuality] == .integer(90))
  }

  @Test(arguments: [
    ("a/b.tar.gz", "gz"), ("a.b/c", nil), (".hidden", nil), ("x.", nil), ("é.PNG", "png"), ("", nil),
  ])
  func extensionsComeFromTheLastComponent(name: String, expected: String?) {
    #expect(observe(Self.png, memberName: name)[.fileExtension] == expected.map(Value.text) ?? .missing)
  }
}
