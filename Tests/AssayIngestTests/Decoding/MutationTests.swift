import AssayCore
import AssayIngest
import AssayTestSupport
import CImageForge
import Testing

/// Damaged files of every kind: whatever comes out, it is an observation that hangs together.
struct MutationTests {
  /// A file of each family that the decoders have a path for.
  static let originals: [[UInt8]] = {
    func jpeg(_ model: assay_forge_model_t, _ channels: Int, _ change: (inout JPEGRecipe) -> Void) -> [UInt8]
    {
      var recipe = JPEGRecipe(
        width: 37, height: 29, pixels: ImageForge.scene(width: 37, height: 29, channels: channels, seed: 5),
        model: model)
      var exif = EXIFForge()
      exif.orientation = 6
      exif.make = "Acme Optical"
      recipe.exif = exif.tiff()
      change(&recipe)
      return ImageForge.jpeg(recipe)
    }
    func png(_ colorType: Int, _ perPixel: Int, _ depth: Int, _ isInterlaced: Bool) -> [UInt8] {
      var recipe = PNGRecipe(
        width: 29, height: 23, colorType: colorType, depth: depth,
        samples: ImageForge.samples(29 * 23 * perPixel, depth: min(depth, 4), seed: 5))
      recipe.isInterlaced = isInterlaced
      recipe.chunkByteCount = 300
      if colorType == 3 { recipe.palette = ImageForge.noise(45, seed: 1) }
      return ImageForge.png(recipe)
    }
    return [
      jpeg(ASSAY_FORGE_YCBCR, 3) { $0.restartInterval = 2 },
      jpeg(ASSAY_FORGE_YCBCR, 3) { $0.isProgressive = true },
      jpeg(ASSAY_FORGE_GRAY, 1) { $0.isArithmetic = true }, jpeg(ASSAY_FORGE_YCCK, 4) { $0.quality = 50 },
      png(2, 3, 8, false), png(3, 1, 4, false), png(6, 4, 16, true), png(0, 1, 1, true), png(4, 2, 8, false),
    ]
  }()

  @Test(arguments: UInt64(0)..<8) func mutationsGiveObservationsThatHangTogether(batch: UInt64) {
    let decoder = ImageDecoder()
    for seed in batch * 250..<batch * 250 + 250 {
      let original = Self.originals[Int(seed) % Self.originals.count]
      var bytes = ImageForge.mutated(original, seed: seed)
      // Every other PNG has its checksums made right, so that the damage gets past them.
      if seed % 2 == 0, bytes.starts(with: ImageForge.pngSignature) {
        bytes = Self.repaired(original, seed: seed)
      }
      let observation = bytes.withUnsafeBytes { decoder.observe($0, memberName: "x.bin") }
      let hasPixels = observation.outcome == .ok || observation.outcome == .damaged
      #expect((observation.pixels != nil) == hasPixels, "seed \(seed)")
      #expect((observation.outcome == .ok) || observation.reason != nil, "seed \(seed)")
      if let pixels = observation.pixels, case .integer(let width) = observation[.width],
        case .integer(let height) = observation[.height]
      {
        let counted = pixels.histograms.prefix(256).reduce(0) { $0 + Int64($1) }
        #expect(counted <= width * height, "seed \(seed)")
      }
    }
  }

  /// A PNG whose chunk contents are mutated and whose checksums are right.
  static func repaired(_ png: [UInt8], seed: UInt64) -> [UInt8] {
    var chunks = ImageForge.chunks(of: png)
    let at = Int(seed / 2) % chunks.count
    chunks[at].data = ImageForge.mutated(chunks[at].data, seed: seed)
    return ImageForge.png(chunks: chunks)
  }

  @Test func aDecoderIsAsGoodAsNewAfterDamage() {
    let decoder = ImageDecoder()
    for (index, original) in Self.originals.enumerated() {
      let broken = ImageForge.mutated(original, seed: UInt64(index))
      _ = broken.withUnsafeBytes { decoder.observe($0, memberName: "x.bin") }
      let again = original.withUnsafeBytes { decoder.observe($0, memberName: "x.bin") }
      #expect(again == observe(original, memberName: "x.bin"))
    }
  }
}
