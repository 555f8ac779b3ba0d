/// Base64 (RFC 4648 section 4, with padding) of packed bytes, for arrays inside JSON.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each character of the alphabet; 64 for every other byte.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 64, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// The bytes as text.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for index in 0..<3 { group = group << 8 | (index < count ? UInt32(bytes[start + index]) : 0) }
      for index in 0..<4 {
        let digit = alphabet[Int(group >> UInt32(18 - 6 * index) & 63)]
        text.append(index <= count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `encode` turns into exactly this text; nil if there are none.
  package static func decode(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 4) else { return nil }
    let padding = characters.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    let digitCount = characters.count - padding
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    var group: UInt32 = 0
    for index in 0..<characters.count {
      let value = index < digitCount ? values[Int(characters[index])] : 0
      guard value < 64 else { return nil }
      group = group << 6 | UInt32(value)
      guard index % 4 == 3 else { continue }
      bytes += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
      group = 0
    }
    guard bytes.suffix(padding).allSatisfy({ $0 == 0 }) else { return nil }
    bytes.removeLast(padding)
    return bytes
  }
}

/// Dense arrays of integers as base64 of varints: the form of counts and keys inside a profile.
package enum Base64Varint {
  /// Unsigned numbers, with runs of zeros folded.
  package static func encode(_ values: some Collection<some FixedWidthInteger & UnsignedInteger>) -> String {
    var writer = ByteWriter()
    writer.sparseVarints(values)
    return Base64.encode(writer.bytes)
  }

  /// The numbers that `encode` turns into exactly this text, at most `maximumCount` of them.
  package static func decode<Number: FixedWidthInteger & UnsignedInteger>(
    _ text: String, maximumCount: Int, as type: Number.Type = Number.self
  ) throws(WireError) -> [Number] {
    guard let bytes = Base64.decode(text) else { throw WireError("expected base64", at: 0) }
    return try ByteReader.read(bytes) { (reader) throws(WireError) in
      try reader.sparseVarints(maximumCount: maximumCount, as: type)
    }
  }
}
