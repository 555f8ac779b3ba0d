/// One thing wrong with a schema: where, what was expected and found, and what was probably meant.
package struct SchemaIssue: Error, Sendable, Hashable {
  package var position: SourcePosition
  package var message: String
  /// The nearest valid word, where one is near.
  package var suggestion: String?

  package init(_ position: SourcePosition, _ message: String, suggestion: String? = nil) {
    self.position = position
    self.message = message
    self.suggestion = suggestion
  }
}

extension SchemaIssue: CustomStringConvertible {
  package var description: String {
    let hint = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
    return "\(position): \(message)\(hint)"
  }
}

/// A schema that cannot be used, with everything that is wrong with it. It is found before any data is read.
package struct SchemaError: Error, Sendable, Hashable {
  /// In the order of the file; never empty.
  package var issues: [SchemaIssue]

  package init(_ issues: [SchemaIssue]) {
    precondition(!issues.isEmpty, "a schema error names at least one issue")
    self.issues = issues
  }
}

extension SchemaError: CustomStringConvertible {
  package var description: String { issues.map(\.description).joined(separator: "\n") }
}
