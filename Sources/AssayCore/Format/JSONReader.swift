import Glibc

/// What a JSON text may ask of its reader.
package struct JSONLimits: Sendable, Hashable {
  /// The longest text, in bytes.
  package var maximumByteCount: Int
  /// The deepest nesting of arrays and objects, at most 64.
  package var maximumDepth: Int
  /// Whether a name that occurs twice in one object is an error. RFC 8259 section 4 leaves it open.
  package var refusesDuplicateNames: Bool
  /// Whether half of a surrogate pair (`"\ud800"`) reads as U+FFFD instead of being an error.
  package var replacesLoneSurrogates: Bool

  package init(
    maximumByteCount: Int = 64 << 20, maximumDepth: Int = 32, refusesDuplicateNames: Bool = true,
    replacesLoneSurrogates: Bool = false
  ) {
    precondition(1...64 ~= maximumDepth, "a depth of \(maximumDepth) is outside 1...64")
    self.maximumByteCount = maximumByteCount
    self.maximumDepth = maximumDepth
    self.refusesDuplicateNames = refusesDuplicateNames
    self.replacesLoneSurrogates = replacesLoneSurrogates
  }
}

/// A strict reader of JSON (RFC 8259, UTF-8, no byte order mark) that is pulled token by token.
///
/// A caller that knows the shape walks it with `beginObject`, `nextName`, `integer` and so on, and builds
/// nothing else; `value()` builds the tree of what follows. Nothing is trusted: text, depth and escapes are
/// bounded, and every error carries its byte offset.
///
/// The reader borrows its bytes: it must not outlive the closure it was given in.
package struct JSONReader {
  let text: UnsafeRawBufferPointer
  let limits: JSONLimits
  var position = 0
  /// Bit d: the container at depth d + 1 has already given an element.
  private var hasElement: UInt64 = 0
  /// The number of arrays and objects that are open.
  private var depth = 0

  /// A reader at the start of `text`.
  ///
  /// *Throws*: if the text is longer than the limit.
  package init(_ text: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self.text = text
    self.limits = limits
    if text.count > limits.maximumByteCount {
      throw JSONError("\(text.count) bytes, expected at most \(limits.maximumByteCount)", at: 0, of: text)
    }
  }

  /// Reads the whole of `bytes` with `body`; anything but white space that it leaves is an error.
  package static func read<Result>(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits(),
    _ body: (inout JSONReader) throws(JSONError) -> Result
  ) throws(JSONError) -> Result {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
      var reader = try JSONReader(UnsafeRawBufferPointer(buffer), limits: limits)
      let result = try body(&reader)
      try reader.finish()
      return result
    }
  }

  /// What the next value is, without reading it.
  package enum Kind: String, Sendable {
    case object, array, string, number, boolean, null
  }

  /// An error at the reader's position, or at `offset`.
  package func error(_ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(message, at: offset ?? position, of: text)
  }

  /// The offset of the next byte to read.
  package var byteOffset: Int { position }

  /// The kind of the value that follows.
  package mutating func peek() throws(JSONError) -> Kind {
    skipWhiteSpace()
    guard position < text.count else { throw error("the text ends where a value should begin") }
    switch text[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    default: throw error("expected a value, found \(shown(text[position]))")
    }
  }

  /// Reads `{`.
  package mutating func beginObject() throws(JSONError) { try open(UInt8(ascii: "{"), "an object") }

  /// Reads `[`.
  package mutating func beginArray() throws(JSONError) { try open(UInt8(ascii: "["), "an array") }

  /// Reads the name of the next member and its colon, or the end of the object (nil).
  package mutating func nextName() throws(JSONError) -> String? {
    guard try advance(closing: UInt8(ascii: "}")) else { return nil }
    let name = try string()
    try expect(UInt8(ascii: ":"))
    return name
  }

  /// Moves past the name of the next member if the text goes on with exactly these bytes: a comma, the name in quotes
  /// and a colon. False, without moving, where it does not: then `nextName` reads whatever it is.
  package mutating func skipName(spelled bytes: [UInt8]) -> Bool {
    guard depth > 0, hasElement & (1 << UInt64(depth - 1)) != 0, position + bytes.count <= text.count,
      let start = text.baseAddress
    else { return false }
    let isEqual = memcmp(start + position, bytes, bytes.count) == 0
    if isEqual { position += bytes.count }
    return isEqual
  }

  /// Moves to the next element, or reads the end of the array (false).
  package mutating func nextElement() throws(JSONError) -> Bool {
    try advance(closing: UInt8(ascii: "]"))
  }

  /// Reads `null`.
  package mutating func null() throws(JSONError) { try literal("null") }

  /// Reads `true` or `false`.
  package mutating func boolean() throws(JSONError) -> Bool {
    skipWhiteSpace()
    if position < text.count, text[position] == UInt8(ascii: "t") {
      try literal("true")
      return true
    }
    guard position < text.count, text[position] == UInt8(ascii: "f") else { throw mismatch("true or false") }
    try literal("false")
    return false
  }

  /// Checks that nothing but white space is left.
  package mutating func finish() throws(JSONError) {
    skipWhiteSpace()
    if position < text.count { throw error("expected the end, found \(shown(text[position]))") }
  }

  // MARK: - Parts

  /// An error that says what stands where `expected` should.
  func mismatch(_ expected: String) -> JSONError {
    guard position < text.count else { return error("expected \(expected), found the end of the text") }
    return error("expected \(expected), found \(shown(text[position]))")
  }

  mutating func skipWhiteSpace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  mutating func expect(_ byte: UInt8) throws(JSONError) {
    skipWhiteSpace()
    guard position < text.count, text[position] == byte else { throw mismatch(shown(byte)) }
    position += 1
  }

  private mutating func open(_ byte: UInt8, _ name: String) throws(JSONError) {
    skipWhiteSpace()
    guard position < text.count, text[position] == byte else { throw mismatch(name) }
    guard depth < limits.maximumDepth else { throw error("nested deeper than \(limits.maximumDepth)") }
    hasElement &= ~(1 << UInt64(depth))
    depth += 1
    position += 1
  }

  /// Moves past a comma to the next element (true), or past `closing` (false).
  private mutating func advance(closing: UInt8) throws(JSONError) -> Bool {
    precondition(depth > 0, "no array or object is open")
    let bit: UInt64 = 1 << UInt64(depth - 1)
    skipWhiteSpace()
    if position < text.count, text[position] == closing {
      position += 1
      depth -= 1
      return false
    }
    if hasElement & bit != 0 {
      guard position < text.count, text[position] == UInt8(ascii: ",") else {
        throw mismatch("\(shown(UInt8(ascii: ","))) or \(shown(closing))")
      }
      position += 1
      skipWhiteSpace()
    }
    hasElement |= bit
    return true
  }

  private mutating func literal(_ word: StaticString) throws(JSONError) {
    skipWhiteSpace()
    let count = word.utf8CodeUnitCount
    for index in 0..<count {
      guard position + index < text.count, text[position + index] == word.utf8Start[index] else {
        throw mismatch("\(word)")
      }
    }
    position += count
  }

  func shown(_ byte: UInt8) -> String {
    0x21...0x7E ~= byte ? "\"\(Character(Unicode.Scalar(byte)))\"" : "byte \(byte)"
  }
}
