/// A place in a schema file, for messages: `street-signs.yaml:12:7`.
package struct SourcePosition: Sendable, Hashable, Codable {
  /// The file as the user named it, or relative to the file that extends it.
  package var file: String
  /// Counted from 1; 0 where only the file is known.
  package var line: Int
  /// Counted from 1 in Unicode scalars; 0 where only the file is known.
  package var column: Int

  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The same line, that many columns further on.
  package func advanced(by columns: Int) -> SourcePosition {
    SourcePosition(file: file, line: line, column: column + columns)
  }
}

extension SourcePosition: CustomStringConvertible {
  package var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}
