/// Lower-case hexadecimal digits of fixed width.
package enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// 16 digits.
  package static func encode(_ word: UInt64) -> String {
    encode(bytes: (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) })
  }

  /// Two digits a byte.
  package static func encode(bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes that `encode` turns into exactly this text; nil if there are none.
  package static func decode(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: characters.count, by: 2) {
      guard let high = digits.firstIndex(of: characters[index]),
        let low = digits.firstIndex(of: characters[index + 1])
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }

  /// The word of 16 digits; nil if the text is anything else.
  package static func word(_ text: String) -> UInt64? {
    guard let bytes = decode(text), bytes.count == 8 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
