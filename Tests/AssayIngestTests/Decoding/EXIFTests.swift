import AssayCore
import AssayIngest
import AssayTestSupport
import CImageForge
import Testing

@testable import AssayIngest

/// EXIF facts, and the parser's bounds.
struct EXIFTests {
  static func full(littleEndian: Bool) -> EXIFForge {
    var forge = EXIFForge()
    forge.littleEndian = littleEndian
    forge.orientation = 6
    forge.make = "Acme Optical"
    forge.model = "A1"
    forge.software = "  darkroom 3 "
    forge.takenAt = "2026:11:20 08:15:00"
    forge.hasPosition = true
    return forge
  }

  static func parse(_ tiff: [UInt8]) -> EXIF { tiff.withUnsafeBytes { EXIF(tiff: ByteView($0)) } }

  @Test(arguments: [true, false]) func factsAreReadInBothByteOrders(littleEndian: Bool) {
    var expected = EXIF()
    expected.orientation = 6
    expected.make = "Acme Optical"
    expected.model = "A1"
    expected.software = "darkroom 3"
    expected.takenAt = "2026:11:20 08:15:00"
    expected.hasPosition = true
    #expect(Self.parse(Self.full(littleEndian: littleEndian).tiff()) == expected)
  }

  @Test func factsBecomeFeatures() {
    var recipe = JPEGRecipe(width: 16, height: 8, pixels: ImageForge.noise(16 * 8 * 3, seed: 1))
    recipe.exif = Self.full(littleEndian: true).tiff()
    let observation = observe(ImageForge.jpeg(recipe))
    #expect(observation[.exifMake] == .text("Acme Optical"))
    #expect(observation[.exifModel] == .text("A1"))
    #expect(observation[.exifSoftware] == .text("darkroom 3"))
    #expect(observation[.gps] == .boolean(true))
  }

  @Test func withoutEXIFThereIsNoPosition() {
    let recipe = JPEGRecipe(width: 16, height: 8, pixels: ImageForge.noise(16 * 8 * 3, seed: 1))
    #expect(observe(ImageForge.jpeg(recipe))[.gps] == .boolean(false))
    #expect(observe(ImageForge.jpeg(recipe))[.exifMake] == .missing)
  }

  @Test func everyPrefixIsReadWithoutATrap() {
    let tiff = Self.full(littleEndian: false).tiff()
    for count in 0..<tiff.count {
      #expect(Self.parse(Array(tiff.prefix(count))).takenAt == nil || count > 100)
    }
  }

  @Test(arguments: UInt64(0)..<500) func mutatedStructuresAreReadWithoutATrap(seed: UInt64) {
    let tiff = ImageForge.mutated(Self.full(littleEndian: seed % 2 == 0).tiff(), seed: seed)
    #expect((1...8).contains(Self.parse(tiff).orientation))
  }

  @Test func textsAreBounded() throws {
    var forge = EXIFForge()
    forge.make = String(repeating: "x", count: 5000)
    #expect(Self.parse(forge.tiff()).make?.count == EXIF.textLimit)
  }

  @Test func aDirectoryThatPointsAtItselfIsReadOnce() {
    var tiff = Self.full(littleEndian: true).tiff()
    // The entry for the EXIF directory holds the offset of the first directory.
    if let at = tiff.indices.first(where: { tiff[$0...].starts(with: [0x69, 0x87, 4, 0]) }) {
      tiff.replaceSubrange(at + 8..<at + 12, with: [8, 0, 0, 0])
    }
    #expect(Self.parse(tiff).takenAt == nil)
    #expect(Self.parse(tiff).make == "Acme Optical")
  }
}
