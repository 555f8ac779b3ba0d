/// Lower-case hexadecimal digits of fixed width.
package enum Hex {
  /// 16 digits.
  package static func encode(_ word: UInt64) -> String {
    encode(bytes: (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) })
  }

  /// Two digits a byte.
  package static func encode(bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = digit(byte >> 4)
        text[2 * index + 1] = digit(byte & 15)
      }
      return bytes.count * 2
    }
  }

  /// The bytes that `encode` turns into exactly this text; nil if there are none.
  package static func decode(_ text: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { characters in
      guard characters.count.isMultiple(of: 2) else { return nil }
      var isHexadecimal = true
      let bytes = [UInt8](unsafeUninitializedCapacity: characters.count / 2) { bytes, count in
        count = characters.count / 2
        for index in 0..<count {
          let (high, low) = (value(of: characters[2 * index]), value(of: characters[2 * index + 1]))
          isHexadecimal = isHexadecimal && high < 16 && low < 16
          bytes[index] = high << 4 | low
        }
      }
      return isHexadecimal ? bytes : nil
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// The value of a lower-case digit; 16 or more for anything else.
  private static func value(of digit: UInt8) -> UInt8 {
    let decimal = digit &- UInt8(ascii: "0")
    if decimal < 10 { return decimal }
    let letter = digit &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : 16
  }

  /// The word of 16 digits; nil if the text is anything else.
  package static func word(_ text: String) -> UInt64? {
    guard let bytes = decode(text), bytes.count == 8 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
