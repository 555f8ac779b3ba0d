/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein 2012; the reference implementation's
/// `siphash` with `outlen` 16).
struct SipHash128 {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  /// The hash of the bytes under that key.
  static func hash(_ bytes: some Collection<UInt8>, key: (UInt64, UInt64)) -> (low: UInt64, high: UInt64) {
    var state = SipHash128(key: key)
    var word: UInt64 = 0
    var count = 0
    for byte in bytes {
      word |= UInt64(byte) << UInt64(count % 8 * 8)
      count += 1
      if count % 8 == 0 {
        state.absorb(word)
        word = 0
      }
    }
    state.absorb(word | UInt64(count & 0xFF) << 56)
    return state.finish()
  }

  private init(key: (UInt64, UInt64)) {
    v0 = key.0 ^ 0x736F_6D65_7073_6575
    v1 = key.1 ^ 0x646F_7261_6E64_6F6D ^ 0xEE
    v2 = key.0 ^ 0x6C79_6765_6E65_7261
    v3 = key.1 ^ 0x7465_6462_7974_6573
  }

  private mutating func absorb(_ word: UInt64) {
    v3 ^= word
    rounds(2)
    v0 ^= word
  }

  private mutating func finish() -> (low: UInt64, high: UInt64) {
    v2 ^= 0xEE
    rounds(4)
    let low = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xDD
    rounds(4)
    return (low, v0 ^ v1 ^ v2 ^ v3)
  }

  private mutating func rounds(_ count: Int) {
    func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
    for _ in 0..<count {
      v0 &+= v1
      v2 &+= v3
      v1 = rotated(v1, 13) ^ v0
      v3 = rotated(v3, 16) ^ v2
      v0 = rotated(v0, 32)
      v2 &+= v1
      v0 &+= v3
      v1 = rotated(v1, 17) ^ v2
      v3 = rotated(v3, 21) ^ v0
      v2 = rotated(v2, 32)
    }
  }
}
