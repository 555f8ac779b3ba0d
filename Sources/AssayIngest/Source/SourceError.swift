/// A source that cannot be read, or not to its end: the run is incomplete (exit code 3).
package struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The source as the user named it.
  package var source: String
  package var reason: String

  package init(source: String, reason: String) {
    self.source = source
    self.reason = reason
  }

  package var description: String { "\(source): \(reason)" }
}

extension SourceError {
  /// A reason on its own, for code that does not know what the user called the source.
  package struct Reason: Error, Sendable, Hashable, ExpressibleByStringInterpolation {
    package var text: String

    package init(stringLiteral text: String) { self.text = text }
  }
}
