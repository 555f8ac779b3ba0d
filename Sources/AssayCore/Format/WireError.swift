/// Why bytes between processes, or packed inside a profile, were refused, and where.
package struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was expected and what was found.
  package var message: String
  /// The offset of the offending byte, counted from 0.
  package var byteOffset: Int

  package init(_ message: String, at byteOffset: Int) {
    self.message = message
    self.byteOffset = byteOffset
  }

  /// `byte 12: expected ...`
  package var description: String { "byte \(byteOffset): \(message)" }
}
