/// The 64-bit FNV-1a hash, for telling small header parts apart: ICC profiles, quantisation tables.
///
/// Not cryptographic: equal digests of different bytes can be made on purpose.
/// Source: draft-eastlake-fnv, offset basis and prime for 64 bits.
struct Digest64 {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func update(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  mutating func update(_ view: ByteView) {
    view.withBytes { for byte in $0 { update(byte) } }
  }

  /// Takes in eight bytes, least significant first.
  mutating func update(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { update(UInt8(truncatingIfNeeded: word >> shift)) }
  }

  /// 16 hexadecimal digits.
  var hex: String { Self.hex(value) }

  /// 16 hexadecimal digits, most significant first.
  static func hex(_ value: UInt64) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 16) { buffer in
      for index in 0..<16 { buffer[index] = digits[Int(value >> UInt64(60 - 4 * index) & 15)] }
      return 16
    }
  }
}
