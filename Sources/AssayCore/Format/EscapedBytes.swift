/// Names as text that loses nothing: a file name need not be UTF-8, and two names must not become one.
///
/// Bytes that are not UTF-8 are written `\xNN`, with two hexadecimal digits. A backslash that would read as the
/// beginning of such a group is written `\x5C`; all else stays as it is. So texts are equal exactly where names are.
package enum EscapedBytes {
  /// The text of a name.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(backslash) { return text }
    var escaped: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let length = scalarLength(bytes[index...])
      if length == 0 || isGroup(bytes[index...]) {
        escaped += group(bytes[index])
        index += 1
      } else {
        escaped += bytes[index..<index + length]
        index += length
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// The name of a text.
  package static func bytes(_ text: String) -> [UInt8] {
    let text = Array(text.utf8)
    guard text.contains(backslash) else { return text }
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if isGroup(text[index...]), let high = digit(text[index + 2]), let low = digit(text[index + 3]) {
        bytes.append(high << 4 | low)
        index += 4
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return bytes
  }

  private static let backslash = UInt8(ascii: "\\")

  private static func group(_ byte: UInt8) -> [UInt8] {
    Array("\\x".utf8) + [byte >> 4, byte & 15].map { Array("0123456789ABCDEF".utf8)[Int($0)] }
  }

  /// Whether the bytes begin as an escaped one does.
  private static func isGroup(_ bytes: ArraySlice<UInt8>) -> Bool {
    let group = Array(bytes.prefix(4))
    return group.count == 4 && group[0] == backslash && group[1] == UInt8(ascii: "x")
      && digit(group[2]) != nil
      && digit(group[3]) != nil
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The bytes of the scalar that begins here; 0 where none does.
  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    return String(validating: bytes.prefix(length), as: UTF8.self) == nil || bytes.count < length ? 0 : length
  }
}
