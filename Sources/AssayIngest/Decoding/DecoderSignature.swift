import AssayCore
import CImageCodecs

/// What tells two decoders apart: the pixels they make of the same bytes.
///
/// JPEG leaves an encoder's inverse open within bounds, so two builds can measure the same file differently. Equal
/// signatures mean equal pixels and sums on a fixed set of tiny images that exercises the IDCT, upsampling, colour
/// conversion, palettes, alpha and 16 bits; profiles made under equal signatures may be merged.
package enum DecoderSignature {
  /// The signature of this process's decoder: 16 hexadecimal digits. Computed on first use, in well under 2 ms.
  package static let current = compute()

  private static func compute() -> String {
    let decoder = ImageDecoder()
    var digest = Digest64()
    for image in SignatureImages.all {
      let observation = bytes(image).withUnsafeBytes { encoded in
        decoder.observe(encoded, memberName: "", pixels: { digest.update(ByteView($0.samples)) })
      }
      digest.update(UInt64(observation.outcome.rawValue))
      if let pixels = observation.pixels { update(&digest, pixels) }
    }
    return digest.hex
  }

  private static func update(_ digest: inout Digest64, _ pixels: PixelSummary) {
    for (index, count) in pixels.histograms.enumerated() where count > 0 {
      digest.update(UInt64(index) << 32 | UInt64(count))
    }
    for (index, count) in pixels.redBlue.enumerated() where count > 0 {
      digest.update(UInt64(index) << 32 | UInt64(count))
    }
    pixels.thumbnail.withUnsafeBytes { digest.update(ByteView($0)) }
    digest.update(pixels.dHash)
    digest.update(pixels.pHash)
  }

  /// The bytes of hexadecimal text; anything else in it is skipped.
  private static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var high: Int?
    for digit in text.utf8.lazy.compactMap({ Character(UnicodeScalar($0)).hexDigitValue }) {
      if let first = high {
        bytes.append(UInt8(first << 4 | digit))
        high = nil
      } else {
        high = digit
      }
    }
    return bytes
  }
}
