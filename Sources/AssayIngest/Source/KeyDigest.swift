import Crypto

/// 128 bits of a key's SHA-256: what an exact index holds in place of the key itself.
package struct KeyDigest: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  package init(_ key: [UInt8]) {
    var words: (UInt64, UInt64) = (0, 0)
    SHA256.hash(data: key).withUnsafeBytes { digest in
      words.0 = digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
      words.1 = digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    }
    high = words.0
    low = words.1
  }
}
