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
    return text.withUTF8 { decode(UnsafeRawBufferPointer($0)) }
  }

  /// The same of a text where it lies.
  package static func decode(_ characters: UnsafeRawBufferPointer) -> [UInt8]? {
    guard characters.count.isMultiple(of: 2) else { return nil }
    var seen: UInt8 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: characters.count / 2) { bytes, count in
      count = characters.count / 2
      values.withUnsafeBufferPointer { values in
        for index in 0..<count {
          let high = values[Int(characters[2 * index])]
          let low = values[Int(characters[2 * index + 1])]
          seen |= high | low
          bytes[index] = high << 4 | low
        }
      }
    }
    return seen < 16 ? bytes : nil
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// By character the value of a lower-case digit; 16 for anything else.
  private static let values: [UInt8] = (0...UInt8.max).map { character in
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    default: 16
    }
  }

  /// The word of 16 digits; nil if the text is anything else.
  package static func word(_ text: String) -> UInt64? {
    guard let bytes = decode(text), bytes.count == 8 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
