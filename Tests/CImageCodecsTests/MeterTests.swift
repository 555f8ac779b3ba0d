import AssayTestSupport
import CImageCodecs
import Testing

/// The meter against plain definitions, on images of awkward sizes.
struct MeterTests {
  /// Width and height.
  static let sizes = [
    (1, 1), (1, 2), (2, 1), (1, 9), (9, 1), (7, 5), (8, 8), (9, 8), (31, 33), (32, 32), (33, 31), (64, 64),
    (100, 37),
    (255, 3), (256, 2), (257, 5), (258, 258), (3, 258), (1000, 3), (3, 1000), (513, 40), (40, 770), (1, 1500),
    (300, 600),
  ]

  static func pixels(_ size: (Int, Int)) -> [UInt8] {
    // Noise on a slope: hashes of plain noise would compare only near ties.
    let noise = ImageForge.noise(size.0 * size.1 * 3, seed: UInt64(size.0 * 10_000 + size.1))
    let scene = ImageForge.scene(width: size.0, height: size.1, channels: 3, seed: UInt64(size.0))
    return size.1 % 2 == 0 ? noise : zip(noise, scene).map { $0 / 4 + $1 / 2 }
  }

  static func pair(_ size: (Int, Int)) -> (Measured, AreaReference) {
    let rgb = pixels(size)
    return (
      measure(padded(rgb), size.0, size.1, ASSAY_ROWS_RGBX),
      AreaReference(rgb: rgb, width: size.0, height: size.1)
    )
  }

  @Test(arguments: sizes) func differenceHashIsTheDefinition(size: (Int, Int)) {
    let (measured, reference) = Self.pair(size)
    #expect(measured.sums.difference_hash == reference.differenceHash)
  }

  @Test(arguments: sizes) func perceptualHashIsTheDefinition(size: (Int, Int)) {
    let (measured, reference) = Self.pair(size)
    #expect(measured.sums.perceptual_hash == reference.perceptualHash)
  }

  @Test(arguments: sizes) func thumbnailIsTheExactAverage(size: (Int, Int)) {
    let (measured, reference) = Self.pair(size)
    #expect(measured.thumbnail == reference.thumbnail)
  }

  @Test(arguments: sizes) func redBlueCountsAreTakenOnTheReduction(size: (Int, Int)) {
    let (measured, reference) = Self.pair(size)
    #expect(measured.redBlue == reference.redBlue)
  }

  @Test(arguments: sizes) func reducedSumsAreTheNativeSumsOfTheReduction(size: (Int, Int)) {
    let (measured, reference) = Self.pair(size)
    let (width, height, planes) = reference.reduction
    let gray = measure(planes[3].map(UInt8.init), width, height, ASSAY_ROWS_GRAY)
    #expect(bytes(of: measured.sums.reduced) == bytes(of: gray.sums.native))
  }

  @Test(arguments: sizes) func layoutSumsAreTheDefinition(size: (Int, Int)) {
    let (measured, reference) = Self.pair(size)
    let (width, height) = size
    let sums = measured.sums
    let center = (width / 4..<3 * width / 4, height / 4..<3 * height / 4)
    #expect(sums.top == reference.luma(0..<width, 0..<height / 2))
    #expect(sums.bottom == reference.luma(0..<width, (height + 1) / 2..<height))
    #expect(sums.left == reference.luma(0..<width / 2, 0..<height))
    #expect(sums.right == reference.luma((width + 1) / 2..<width, 0..<height))
    #expect(sums.center == reference.luma(center.0, center.1))
    #expect(sums.center + sums.edge == reference.luma(0..<width, 0..<height))
    #expect(sums.center_pixels == UInt64(center.0.count * center.1.count))
  }

  @Test(arguments: sizes) func grayRowsMeasureLikeEqualChannels(size: (Int, Int)) {
    let gray = ImageForge.noise(size.0 * size.1, seed: UInt64(size.0))
    let fast = measure(gray, size.0, size.1, ASSAY_ROWS_GRAY)
    let full = measure(gray.flatMap { [$0, $0, $0, 255] }, size.0, size.1, ASSAY_ROWS_RGBX)
    #expect(bytes(of: fast.sums) == bytes(of: full.sums))
  }

  @Test func transparentPixelsAreLeftOutOfHistograms() {
    let rgb = ImageForge.noise(3 * 40 * 30, seed: 5)
    var pixels = padded(rgb)
    let hidden = Set(ImageForge.samples(300, depth: 10, seed: 6).map(Int.init))
    for pixel in hidden { pixels[4 * pixel + 3] = 0 }
    let measured = measure(pixels, 40, 30, ASSAY_ROWS_RGBA)
    var expected = [UInt32](repeating: 0, count: 256)
    for pixel in 0..<1200 where !hidden.contains(pixel) { expected[Int(rgb[3 * pixel])] += 1 }
    #expect(Array(measured.histogram.prefix(256)) == expected)
    #expect(measured.sums.transparent == UInt64(hidden.count))
    #expect(measured.sums.pixels == UInt64(1200 - hidden.count))
  }

  @Test func colorSumsLeaveTransparentPixelsOut() {
    var pixels = [UInt8](repeating: 90, count: 4 * 64)
    for pixel in 0..<10 { pixels.replaceSubrange(4 * pixel..<4 * pixel + 4, with: [255, 0, 0, 0]) }
    let measured = measure(pixels, 8, 8, ASSAY_ROWS_RGBA)
    #expect(measured.sums.color.max_chroma == 0)
    #expect(measured.sums.color.high_pixels == 0)
  }

  @Test func neighbourhoodsTakeTransparentPixelsAsStored() {
    let rgb = ImageForge.noise(3 * 20 * 20, seed: 9)
    let opaque = measure(padded(rgb), 20, 20, ASSAY_ROWS_RGBX)
    let hidden = measure(padded(rgb, fourth: 0), 20, 20, ASSAY_ROWS_RGBA)
    #expect(bytes(of: opaque.sums.native) == bytes(of: hidden.sums.native))
    #expect(hidden.sums.pixels == 0)
  }

  @Test func aMeterForgetsTheLastImage() throws {
    let meter = try #require(assay_meter_create())
    defer { assay_meter_destroy(meter) }
    func run(_ gray: [UInt8], _ width: UInt32, _ height: UInt32) throws -> [UInt8] {
      #expect(assay_meter_begin(meter, width, height, ASSAY_ROWS_GRAY, false))
      for y in 0..<Int(height) {
        gray.withUnsafeBufferPointer { assay_meter_add(meter, $0.baseAddress.map { $0 + y * Int(width) }) }
      }
      return bytes(of: try #require(assay_meter_end(meter)).pointee)
    }
    let small = ImageForge.noise(35, seed: 1)
    let first = try run(small, 7, 5)
    _ = try run(ImageForge.noise(600 * 300, seed: 2), 600, 300)
    #expect(try run(small, 7, 5) == first)
  }

  @Test func enlargingByAWholeNumberKeepsHashes() {
    // 70 x 70 pixels, each repeated 32 x 32 times: past the size up to which hash arithmetic stays in 32 bits.
    let pixels = ImageForge.noise(70 * 70, seed: 12)
    let rows = (0..<70).map { y in
      pixels[70 * y..<70 * y + 70].flatMap { [UInt8](repeating: $0, count: 32) }
    }
    let enlarged = rows.flatMap { row in (0..<32).flatMap { _ in row } }
    let small = measure(pixels, 70, 70, ASSAY_ROWS_GRAY).sums
    let large = measure(enlarged, 2240, 2240, ASSAY_ROWS_GRAY).sums
    #expect(large.perceptual_hash == small.perceptual_hash)
    #expect(large.difference_hash == small.difference_hash)
  }
}
