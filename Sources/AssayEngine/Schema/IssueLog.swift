import AssayCore

/// Collects what is wrong while a schema is read on, so that one run names every fault.
final class IssueLog {
  private(set) var issues: [SchemaIssue] = []

  func add(_ position: SourcePosition, _ message: String, suggestion: String? = nil) {
    issues.append(SchemaIssue(position, message, suggestion: suggestion))
  }

  /// One more, and nil: for reading functions that give what they read.
  func none<T>(_ position: SourcePosition, _ message: String, suggestion: String? = nil) -> T? {
    add(position, message, suggestion: suggestion)
    return nil
  }
}
