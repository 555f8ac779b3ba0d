import AssayCore
import AssayIngest
import AssayTestSupport
import CImageForge
import Testing

@testable import AssayIngest

/// Features of whole images.
struct FeatureValueTests {
  @Test func everyFeatureOfAPhotographIsThere() {
    var recipe = JPEGRecipe(
      width: 300, height: 200, pixels: ImageForge.scene(width: 300, height: 200, channels: 3, seed: 1))
    var exif = EXIFForge()
    (exif.make, exif.model, exif.software) = ("a", "b", "c")
    recipe.exif = exif.tiff()
    let observation = observe(ImageForge.jpeg(recipe))
    let missing = BuiltinFeature.allCases.filter { observation[$0] == .missing }
    #expect(missing == [.pngColorType, .pngInterlaced])
  }

  @Test func fractionsStayInTheirRange() {
    for seed in 0..<20 as Range<UInt64> {
      let samples = ImageForge.samples(30 * 20 * 4, depth: 8, seed: seed)
      let observation = observe(
        ImageForge.png(PNGRecipe(width: 30, height: 20, colorType: 6, depth: 8, samples: samples)))
      for feature in BuiltinFeature.allCases where feature.definition.range == "[0, 1]" {
        #expect((0...1).contains(observation[feature].number ?? -1), "\(feature), seed \(seed)")
      }
    }
  }

  @Test func blackHasNoChroma() {
    let black = [UInt16](repeating: 0, count: 300)
    let observation = observe(
      ImageForge.png(PNGRecipe(width: 10, height: 10, colorType: 2, depth: 8, samples: black)))
    #expect(observation[.chromaR] == .missing)
    #expect(observation[.topBottom] == .missing)
    #expect(observation[.clipLow] == .real(1))
    #expect(observation[.entropy] == .real(0))
  }

  @Test func aSinglePixelHasNoNeighbourhood() {
    let observation = observe(
      ImageForge.png(PNGRecipe(width: 1, height: 1, colorType: 0, depth: 8, samples: [7])))
    #expect(observation[.sharpness] == .missing)
    #expect(observation[.noise] == .missing)
    #expect(observation[.blockiness] == .missing)
    #expect(observation[.lumaP50] == .integer(7))
  }

  @Test func smallImagesAreTheirOwnReduction() {
    let observation = observe(
      ImageForge.png(
        PNGRecipe(
          width: 256, height: 9, colorType: 0, depth: 8, samples: ImageForge.samples(2304, depth: 8, seed: 3))
      ))
    #expect(observation[.sharpness] == observation[.sharpness256])
    #expect(observation[.noise] == observation[.noise256])
    #expect(observation[.blockiness] == observation[.blockiness256])
  }

  @Test func theSignatureIsThisDecoders() {
    // Recorded with libjpeg-turbo 2.1.5. Another value means that pixels or sums have changed, and that profiles made
    // before and after must not be merged.
    #expect(DecoderSignature.current == "d359659d4f4e0371")
  }
}
