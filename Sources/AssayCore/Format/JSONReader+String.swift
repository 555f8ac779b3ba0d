extension JSONReader {
  /// Reads a string.
  ///
  /// *Throws*: on a control character, an unknown escape, bytes that are not UTF-8, or half of a surrogate
  /// pair (unless the limits say to replace it).
  package mutating func string() throws(JSONError) -> String {
    let (start, end) = try beginString()
    if let plain = takePlain(start, end) { return try decoded(plain, from: start) }
    return try escapedString(from: start, plainEnd: end)
  }

  /// Reads a string and gives its bytes, which a string without escapes has where it lies.
  ///
  /// *Throws*: as `string` does, but for bytes that are not UTF-8.
  package mutating func withString<Result>(
    _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(JSONError) -> Result {
    let (start, end) = try beginString()
    if let plain = takePlain(start, end) { return body(plain) }
    var string = try escapedString(from: start, plainEnd: end)
    return string.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  /// Where the string that follows begins, and where its first special byte is.
  private mutating func beginString() throws(JSONError) -> (start: Int, plainEnd: Int) {
    skipWhiteSpace()
    guard position < text.count, text[position] == UInt8(ascii: "\"") else { throw mismatch("a string") }
    return (position + 1, plainEnd(from: position + 1))
  }

  /// Moves past a string that has no special byte but the quote that ends it; nil for any other.
  private mutating func takePlain(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer? {
    guard end < text.count, text[end] == UInt8(ascii: "\"") else { return nil }
    position = end + 1
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  /// The first offset from `start` on that holds a quote, a backslash or a control character.
  private func plainEnd(from start: Int) -> Int {
    var index = start
    while index + 8 <= text.count {
      let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if Self.holdsSpecial(word) { break }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  /// Whether any byte of `word` is a quote, a backslash or below 0x20. May err towards true.
  private static func holdsSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let slashes = word ^ (ones &* 0x5C)
    let found =
      ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
    return found & 0x8080_8080_8080_8080 != 0
  }

  private func decoded(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(JSONError) -> String {
    guard let string = UTF8Text.string(bytes) else {
      throw error("a string that is not UTF-8", at: start)
    }
    return string
  }

  /// Reads on from the first special byte, copying.
  private mutating func escapedString(from start: Int, plainEnd: Int) throws(JSONError) -> String {
    var bytes = Array(text[start..<plainEnd])
    var index = plainEnd
    while true {
      guard index < text.count else { throw error("a string without end", at: start - 1) }
      let byte = text[index]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 { throw error("control character \(byte) in a string", at: index) }
      if byte == UInt8(ascii: "\\") {
        try appendEscape(at: &index, to: &bytes)
      } else {
        let end = self.plainEnd(from: index)
        bytes.append(contentsOf: text[index..<end])
        index = end
      }
    }
    position = index + 1
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw error("a string that is not UTF-8", at: start)
    }
    return string
  }

  /// Reads the escape whose backslash is at `index`, and moves past it.
  private func appendEscape(at index: inout Int, to bytes: inout [UInt8]) throws(JSONError) {
    guard index + 1 < text.count else { throw error("a string without end", at: index) }
    let escape = text[index + 1]
    if escape == UInt8(ascii: "u") { return try appendUnicodeEscape(at: &index, to: &bytes) }
    let plain: UInt8
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = escape
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "t"): plain = 0x09
    default: throw error("unknown escape \(shown(escape))", at: index)
    }
    bytes.append(plain)
    index += 2
  }

  private func appendUnicodeEscape(at index: inout Int, to bytes: inout [UInt8]) throws(JSONError) {
    let start = index
    let unit = try hexUnit(at: index)
    index += 6
    if !(0xD800...0xDFFF ~= unit) {
      append(UInt32(unit), to: &bytes)
      return
    }
    if unit < 0xDC00, index + 1 < text.count, text[index] == UInt8(ascii: "\\"),
      text[index + 1] == UInt8(ascii: "u")
    {
      let low = try hexUnit(at: index)
      if 0xDC00...0xDFFF ~= low {
        index += 6
        append(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00), to: &bytes)
        return
      }
    }
    guard limits.replacesLoneSurrogates else { throw error("half of a surrogate pair", at: start) }
    append(0xFFFD, to: &bytes)
  }

  /// The four hexadecimal digits of the `\u` at `index`.
  private func hexUnit(at index: Int) throws(JSONError) -> UInt16 {
    guard index + 6 <= text.count else { throw error("a \\u escape without four digits", at: index) }
    var unit: UInt16 = 0
    for byte in text[index + 2..<index + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("a \\u escape without four digits", at: index)
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// Appends a scalar that is known not to be a surrogate, as UTF-8.
  private func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
