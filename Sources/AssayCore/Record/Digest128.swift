/// 128 bits of a SHA-256: what an exact index holds in place of a key or a content.
///
/// Two different records agree in it by chance with a probability below 1e-14 even among ten billion.
package struct Digest128: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Both halves.
  package var words: (high: UInt64, low: UInt64) { (high, low) }

  /// The first 16 bytes of a digest, which must have as many.
  package init(_ digest: some Collection<UInt8>) {
    precondition(digest.count >= 16, "a digest of \(digest.count) bytes")
    func word(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    high = word(digest.prefix(8))
    low = word(digest.dropFirst(8).prefix(8))
  }
}
