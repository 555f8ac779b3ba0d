import AssayTestSupport
import CImageCodecs
import Testing

/// Hashes of the seven other symmetries, told from the cells of the image as it is.
struct TurnedHashTests {
  private func turnedHashes(_ picture: ForgedPicture) throws -> [UInt64] {
    let meter = try #require(assay_meter_create())
    defer { assay_meter_destroy(meter) }
    let pixels = padded(picture.pixels)
    let (width, height) = (UInt32(picture.width), UInt32(picture.height))
    #expect(assay_meter_begin(meter, width, height, ASSAY_ROWS_RGBX, false))
    pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<picture.height {
        assay_meter_add(meter, pixels.baseAddress.map { $0 + 4 * picture.width * y })
      }
    }
    _ = assay_meter_end(meter)
    return [UInt64](unsafeUninitializedCapacity: Int(ASSAY_TURNS)) { hashes, count in
      assay_meter_turned_hashes(meter, hashes.baseAddress)
      count = Int(ASSAY_TURNS)
    }
  }

  private func hash(_ picture: ForgedPicture) -> UInt64 {
    AreaReference(rgb: picture.pixels, width: picture.width, height: picture.height).perceptualHash
  }

  /// Cells are cut exactly, so this holds of any size, not only of multiples of 32.
  @Test(arguments: [(96, 64), (64, 64), (33, 47), (50, 7), (3, 200)], [1, 2] as [UInt64])
  func theyAreThoseOfTheTurnedPixels(size: (Int, Int), seed: UInt64) throws {
    let picture = ForgedPicture(seed: seed, width: size.0, height: size.1)
    #expect(try turnedHashes(picture) == picture.turns.map(hash))
  }

  @Test func noiseTurnsAsWell() throws {
    let noise = ForgedPicture(width: 41, height: 29, pixels: ImageForge.noise(3 * 41 * 29, seed: 3))
    #expect(try turnedHashes(noise) == noise.turns.map(hash))
  }

  @Test func aBlankImageHasNoBitsHoweverTurned() throws {
    let blank = ForgedPicture(width: 20, height: 20, pixels: [UInt8](repeating: 77, count: 1200))
    #expect(try turnedHashes(blank) == [UInt64](repeating: 0, count: 7))
  }
}
