/// Why a JSON text was refused, and where.
package struct JSONError: Error, Sendable, Hashable {
  /// What was expected and what was found, in one sentence without the position.
  package var message: String
  /// The offset of the offending byte, counted from 0.
  package var byteOffset: Int
  /// The line of that byte, counted from 1.
  package var line: Int
  /// The column of that byte in its line, counted from 1 and in bytes.
  package var column: Int

  /// An error at `byteOffset` of `text`; line and column are counted here.
  package init(_ message: String, at byteOffset: Int, of text: UnsafeRawBufferPointer) {
    self.message = message
    self.byteOffset = byteOffset
    line = 1
    column = 1
    for byte in text.prefix(byteOffset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
  }
}

extension JSONError: CustomStringConvertible {
  /// `3:14 (byte 57): expected ...`
  package var description: String { "\(line):\(column) (byte \(byteOffset)): \(message)" }
}
