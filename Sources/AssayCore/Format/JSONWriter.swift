/// Writes JSON (RFC 8259) into a byte buffer, token by token.
///
/// The output is a pure function of the calls: no white space unless asked for, names in the order they are
/// given, integers exact, reals by `Double.description` (the shortest text that reads back as the same
/// Double; it always has a point or an exponent, so `1.0` never turns into the integer `1`). Text is valid
/// UTF-8 whatever bytes it came from.
package struct JSONWriter {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  /// Spaces per level; nil for no white space at all.
  private let indentation: Int?
  /// Whether the innermost container has an element, per level.
  private var hasElement: [Bool] = []
  /// Whether a name was written whose value is still to come.
  private var awaitsValue = false

  /// A writer of compact JSON, or of indented JSON for people.
  package init(indentation: Int? = nil) { self.indentation = indentation }

  /// Writes `{`.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Writes `}`.
  package mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Writes `[`.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Writes `]`.
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes a member's name, at the start of a line if asked; its value comes next.
  package mutating func name(_ name: String, onNewLine: Bool = false) {
    precondition(!awaitsValue, "a name after a name")
    separate()
    if onNewLine, indentation == nil { lineBreak() }
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if indentation != nil { bytes.append(0x20) }
    awaitsValue = true
  }

  /// Writes `null`.
  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  package mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func integer(_ value: some FixedWidthInteger) {
    separate()
    append(decimal: value)
  }

  /// Writes an integer that any reader of JSON keeps: a number up to 2^53 - 1, a string of digits beyond.
  package mutating func exactInteger(_ value: some FixedWidthInteger) {
    separate()
    let isSafe = value.magnitude <= (1 << 53) - 1
    if !isSafe { bytes.append(UInt8(ascii: "\"")) }
    append(decimal: value)
    if !isSafe { bytes.append(UInt8(ascii: "\"")) }
  }

  /// Writes a finite number, always with a point or an exponent.
  package mutating func real(_ value: Double) {
    precondition(value.isFinite, "JSON has no NaN and no infinity")
    separate()
    bytes.append(contentsOf: value.description.utf8)
  }

  package mutating func string(_ value: String) {
    separate()
    appendQuoted(value)
  }

  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .boolean(let flag): boolean(flag)
    case .integer(let integer): self.integer(integer)
    case .real(let real): self.real(real)
    case .string(let string): self.string(string)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object.members {
        name(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  /// Writes a line break where white space may stand: between rows of JSONL, or before the next element.
  package mutating func lineBreak() { bytes.append(0x0A) }

  /// Empties the buffer for the next row and keeps its memory.
  package mutating func removeAll() {
    precondition(hasElement.isEmpty, "an array or object is still open")
    bytes.removeAll(keepingCapacity: true)
  }

  // MARK: - Parts

  /// Writes what must stand between the last token and the next value or name.
  private mutating func separate() {
    if awaitsValue {
      awaitsValue = false
      return
    }
    guard let level = hasElement.indices.last else { return }
    if hasElement[level] { bytes.append(UInt8(ascii: ",")) }
    hasElement[level] = true
    breakLine(levels: hasElement.count)
  }

  private mutating func breakLine(levels: Int) {
    guard let indentation else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: levels * indentation))
  }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    hasElement.append(false)
  }

  private mutating func close(_ byte: UInt8) {
    precondition(!hasElement.isEmpty && !awaitsValue, "nothing to close")
    if hasElement.removeLast() { breakLine(levels: hasElement.count) }
    bytes.append(byte)
  }

  private mutating func append(decimal value: some FixedWidthInteger) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in utf8.indices {
        let byte = utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        bytes.append(contentsOf: utf8[start..<index])
        appendEscape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: [
        UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"), digits[Int(byte >> 4)],
        digits[Int(byte & 15)],
      ])
    }
  }
}

extension JSONValue {
  /// The value as compact JSON text.
  package var text: String {
    var writer = JSONWriter()
    writer.value(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
