/// A table of stable codes, each with a page of its own.
package protocol ExplainedCode: RawRepresentable<String>, CaseIterable {
  var explanation: CodeExplanation { get }
}

/// What `assay explain` says of a code.
package struct CodeExplanation: Sendable, Hashable {
  /// One line: what it means.
  package var meaning: String
  /// Which values are read.
  package var reads: String
  /// When exactly it is found.
  package var condition: String
  /// What to do about it.
  package var remedy: String
}
