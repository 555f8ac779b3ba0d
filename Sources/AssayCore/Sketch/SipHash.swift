/// The 128 bits that key every hash of a profile. Profiles of different keys cannot be compared.
package struct HashKey: Sendable, Hashable {
  private let low: UInt64
  private let high: UInt64

  /// A key of 16 bytes, the first eight being the low word.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 16, "a hash key has 16 bytes, found \(bytes.count)")
    low = bytes[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    high = bytes[8...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The published key, used unless another is given: the ASCII bytes of `assay/profile/v1`.
  package static let published = HashKey(bytes: Array("assay/profile/v1".utf8))

  /// What a profile's header says of its key: the hash of a fixed text under it, as 16 hexadecimal digits.
  package var id: String { Hex.encode(SipHash(key: self).hash(Array("assay.hash-key".utf8))) }

  /// The initial state of a hash under this key.
  fileprivate var state: SipState {
    SipState(
      v0: low ^ 0x736f_6d65_7073_6575, v1: high ^ 0x646f_7261_6e64_6f6d,
      v2: low ^ 0x6c79_6765_6e65_7261, v3: high ^ 0x7465_6462_7974_6573)
  }
}

/// SipHash-1-3: a keyed 64-bit hash that whoever does not know the key cannot steer.
///
/// *Source*: Aumasson and Bernstein 2012, "SipHash: a fast short-input PRF", DOI 10.1007/978-3-642-34931-7_28,
/// with one compression and three finalisation rounds. The output is the same on every platform.
package struct SipHash: Sendable {
  private let initial: SipState

  package init(key: HashKey = .published) { initial = key.state }

  /// The hash of `bytes`.
  package func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = initial
    var offset = 0
    while offset + 8 <= bytes.count {
      state.compress(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) << 56
    var shift: UInt64 = 0
    while offset < bytes.count {
      last |= UInt64(bytes[offset]) << shift
      shift += 8
      offset += 1
    }
    state.compress(last)
    return state.finished()
  }

  /// The hash of `bytes`.
  package func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { hash($0) } }

  /// The hash of the eight bytes of `word`, the lowest first.
  package func hash(word: UInt64) -> UInt64 {
    var state = initial
    state.compress(word)
    state.compress(8 << 56)
    return state.finished()
  }

  /// The hash of the UTF-8 of `text`.
  package func hash(text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
  }
}

/// The four words a hash is made in.
private struct SipState: Sendable {
  var v0: UInt64
  var v1: UInt64
  var v2: UInt64
  var v3: UInt64

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v1 = v1 << 13 | v1 >> 51
    v1 ^= v0
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v3
    v3 = v3 << 16 | v3 >> 48
    v3 ^= v2
    v0 &+= v3
    v3 = v3 << 21 | v3 >> 43
    v3 ^= v0
    v2 &+= v1
    v1 = v1 << 17 | v1 >> 47
    v1 ^= v2
    v2 = v2 << 32 | v2 >> 32
  }

  @inline(__always)
  mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    v0 ^= word
  }

  @inline(__always)
  mutating func finished() -> UInt64 {
    v2 ^= 0xFF
    round()
    round()
    round()
    return v0 ^ v1 ^ v2 ^ v3
  }
}
