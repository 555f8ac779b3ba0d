/// An SQL expression as the schema has it, with the place of its first character.
package struct SQLText: Sendable, Hashable, Codable {
  package var text: String
  /// Where the first character stands.
  package var position: SourcePosition
  /// Whether columns of the text are columns of the file: not so for folded, literal and escaped scalars.
  package var isVerbatim: Bool

  package init(_ text: String, position: SourcePosition, isVerbatim: Bool = true) {
    self.text = text
    self.position = position
    self.isVerbatim = isVerbatim
  }

  /// The place of the character that many Unicode scalars into the text, as near as it is known.
  package func position(at offset: Int) -> SourcePosition {
    isVerbatim ? position.advanced(by: offset) : position
  }
}
