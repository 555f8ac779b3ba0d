import AssayCore
import AssayTestSupport
import Testing

/// Derived features against the golden vectors.
struct ImageSumsTests {
  static func sums(_ raw: [String: Int64]) -> ImageSums {
    func unsigned(_ name: String) -> UInt64 { UInt64(raw[name] ?? 0) }
    var sums = ImageSums()
    sums.pixels = unsigned("n_pixels")
    (sums.red, sums.green, sums.blue) = (unsigned("sumR"), unsigned("sumG"), unsigned("sumB"))
    (sums.luma, sums.lumaSquares) = (unsigned("sumY"), unsigned("sumY2"))
    (sums.redGreen, sums.redGreenSquares) = (raw["sum_rg"] ?? 0, unsigned("sum_rg2"))
    (sums.yellowBlue, sums.yellowBlueSquares) = (raw["sum_2yb"] ?? 0, unsigned("sum_2yb2"))
    (sums.chroma, sums.maxChroma) = (unsigned("sum_chroma"), unsigned("max_chroma"))
    (sums.chromaAbove8, sums.chromaAbove0) = (unsigned("n_chroma_gt8"), unsigned("n_chroma_gt0"))
    (sums.lowPixels, sums.highPixels) = (unsigned("n_min0"), unsigned("n_max255"))
    sums.native.laplacian = raw["sumLap"] ?? 0
    sums.native.laplacianSquares = unsigned("sumLap2")
    sums.native.immerkaer = unsigned("sumAbsImmerkaer")
    sums.native.interior = unsigned("n_interior")
    (sums.native.stepsOn, sums.native.stepsOnCount) = (unsigned("blk_on"), unsigned("blk_on_n"))
    (sums.native.stepsOff, sums.native.stepsOffCount) = (unsigned("blk_off"), unsigned("blk_off_n"))
    return sums
  }

  /// The features under the names the vectors use.
  static func derived(_ sums: ImageSums, _ luma: CodeValueHistogram) -> [String: Double?] {
    [
      "brightness": sums.brightness, "contrast": sums.contrast, "sharpness": sums.native.sharpness,
      "entropy": luma.entropy, "colourful": sums.colorfulness, "satur": sums.saturation,
      "noise": sums.native.noise, "blockiness": sums.native.blockiness,
      "meanR": sums.meanRed.map { $0 / 255 },
      "meanG": sums.meanGreen.map { $0 / 255 }, "meanB": sums.meanBlue.map { $0 / 255 },
      "chromR": sums.chromaRed, "chromB": sums.chromaBlue, "clip0": sums.clippedLow,
      "clip255": sums.clippedHigh, "gray": sums.isGray.map { $0 ? 1 : 0 },
    ]
  }

  @Test func derivedFeaturesAreWithin1e12OfTheVectors() throws {
    for vector in try ImageVectors.load() {
      var counts = [UInt32](repeating: 0, count: 256)
      for at in stride(from: 0, to: vector.pixels.count, by: 3) {
        let (r, g, b) = (Int(vector.pixels[at]), Int(vector.pixels[at + 1]), Int(vector.pixels[at + 2]))
        counts[(19595 * r + 38470 * g + 7471 * b + 32768) >> 16] += 1
      }
      let found = Self.derived(Self.sums(vector.raw), CodeValueHistogram(counts: counts))
      for (name, expected) in vector.derived {
        guard let expected else {
          #expect(found[name] == .some(nil), "\(vector.image): \(name)")
          continue
        }
        let value = try #require(found[name] ?? nil, "\(vector.image): \(name)")
        #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), "\(vector.image): \(name)")
      }
    }
  }

  @Test func wideSumsDoNotOverflow() throws {
    var sums = ImageSums()
    sums.pixels = 1 << 30
    sums.luma = 255 << 29
    sums.lumaSquares = 255 * 255 << 29
    #expect(sums.contrast == 0.5)
    sums.redGreen = 255 << 30
    sums.redGreenSquares = 255 * 255 << 30
    sums.yellowBlue = -510 << 30
    sums.yellowBlueSquares = 510 * 510 << 30
    #expect(try #require(sums.colorfulness).isFinite)
  }

  @Test func nothingIsDefinedWithoutPixels() {
    let sums = ImageSums()
    #expect(sums.brightness == nil)
    #expect(sums.contrast == nil)
    #expect(sums.colorfulness == nil)
    #expect(sums.isGray == nil)
    #expect(sums.isNearlyGray == nil)
    #expect(sums.transparentShare == nil)
    #expect(sums.layout.topBottom == nil)
    #expect(sums.layout.centerEdge == nil)
  }

  @Test func onePercentOfColorIsStillNearlyGray() {
    var sums = ImageSums()
    sums.pixels = 1000
    sums.chromaAbove8 = 10
    #expect(sums.isNearlyGray == true)
    sums.chromaAbove8 = 11
    #expect(sums.isNearlyGray == false)
  }

  @Test func layoutsComparePartsByTheirMeans() {
    var layout = ImageSums.Layout()
    (layout.top, layout.bottom) = (300, 100)
    (layout.center, layout.centerPixels, layout.edge, layout.edgePixels) = (100, 1, 300, 3)
    #expect(layout.topBottom == 0.5)
    #expect(layout.centerEdge == 0)
    layout.edge = 0
    #expect(layout.centerEdge == 1)
  }
}
