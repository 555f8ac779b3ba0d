/// What an image may cost. Checked before anything of the image's size is allocated.
package struct DecodeLimits: Sendable, Hashable {
  /// Columns and rows as stored, at most 2^22 each whatever is allowed here.
  package var maxWidth: UInt32 = 65_535
  package var maxHeight: UInt32 = 65_535
  /// Width times height, at most 2^30 whatever is allowed here.
  package var maxPixels: UInt64 = 1 << 28
  /// Bytes of working memory for one image: rows, kept frames, a progressive JPEG's coefficients.
  package var maxMemory: UInt64 = 1 << 30
  /// Scans of a progressive JPEG.
  package var maxScans: UInt32 = 500

  package init() {}
}

/// How one image is to be decoded.
package struct DecodeOptions: Sendable, Hashable {
  package var limits = DecodeLimits()
  /// Whether to collect which raw sample values occur (for masks).
  package var collectsSampleValues = false
  /// Whether to hash the seven other symmetries of the image as well.
  package var hashesTurns = false

  package init() {}
}

/// The upright pixels of one image, lent for the length of a call.
///
/// Shape: height x width x channels, row-major; gray, gray and alpha, RGB or RGBA. Palettes are expanded, gray of less
/// than 8 bits is scaled to 0...255, alpha is not multiplied in.
package struct PixelFrame: ~Copyable {
  package let width: Int
  package let height: Int
  /// 1...4.
  package let channels: Int
  /// 8 (UInt8) or 16 (UInt16 in the machine's byte order).
  package let sampleBits: Int
  package let samples: UnsafeRawBufferPointer
}
