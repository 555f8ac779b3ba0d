/// 80 bits of a SHA-256: what an exact index holds in place of a key or a content.
///
/// Two different records agree in it by chance with a probability below 1e-6 among a billion of them.
package struct Digest80: Sendable, Hashable, BitwiseCopyable {
  // Short words rather than long ones: so that an array of them has no gaps.
  private let words: (UInt16, UInt16, UInt16, UInt16, UInt16)

  /// The first 80 of 128 bits.
  package init(high: UInt64, low: UInt64) {
    func word(_ shift: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: high >> shift) }
    words = (word(48), word(32), word(16), word(0), UInt16(low >> 48))
  }

  /// The first 10 bytes of a digest, which must have as many.
  package init(_ digest: some Collection<UInt8>) {
    precondition(digest.count >= 10, "a digest of \(digest.count) bytes")
    let high = digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    let low = digest.dropFirst(8).prefix(2).reduce(0) { $0 << 8 | UInt64($1) }
    self.init(high: high, low: low << 48)
  }

  /// The first 64 bits.
  package var prefix: UInt64 {
    UInt64(words.0) << 48 | UInt64(words.1) << 32 | UInt64(words.2) << 16 | UInt64(words.3)
  }

  /// The last 16 bits.
  package var suffix: UInt16 { words.4 }

  package static func == (left: Digest80, right: Digest80) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) { hasher.combine(prefix) }
}

extension Digest80: Comparable {
  package static func < (left: Digest80, right: Digest80) -> Bool {
    left.prefix == right.prefix ? left.suffix < right.suffix : left.prefix < right.prefix
  }
}
