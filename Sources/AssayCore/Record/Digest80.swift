/// 80 bits of a SHA-256: what an exact index holds in place of a key or a content.
///
/// Two different records agree in it by chance with a probability below 1e-6 among a billion of them.
package struct Digest80: Sendable, Hashable, BitwiseCopyable {
  // Short words rather than long ones, so that an array of them has no gaps; the lowest of the first 64 bits first, so
  // that these are read at once.
  @usableFromInline let words: (UInt16, UInt16, UInt16, UInt16, UInt16)

  /// The first 80 of 128 bits.
  @inlinable package init(high: UInt64, low: UInt64) {
    func word(_ shift: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: high >> shift) }
    words = (word(0), word(16), word(32), word(48), UInt16(low >> 48))
  }

  /// The first 10 bytes of a digest, which must have as many.
  package init(_ digest: [UInt8]) { self = digest.withUnsafeBytes { Digest80($0) } }

  /// The first 10 bytes of a digest, which must have as many.
  package init(_ digest: UnsafeRawBufferPointer) {
    precondition(digest.count >= 10, "a digest of \(digest.count) bytes")
    let high = UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self))
    let low = UInt16(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    self.init(high: high, low: UInt64(low) << 48)
  }

  /// The first 64 bits.
  @inlinable @inline(__always) package var prefix: UInt64 {
    UInt64(words.3) << 48 | UInt64(words.2) << 32 | UInt64(words.1) << 16 | UInt64(words.0)
  }

  /// The last 16 bits.
  @inlinable package var suffix: UInt16 { words.4 }

  @inlinable @inline(__always)
  package static func == (left: Digest80, right: Digest80) -> Bool {
    left.prefix == right.prefix && left.suffix == right.suffix
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(prefix) }
}

extension Digest80: Comparable {
  @inlinable package static func < (left: Digest80, right: Digest80) -> Bool {
    left.prefix == right.prefix ? left.suffix < right.suffix : left.prefix < right.prefix
  }
}
