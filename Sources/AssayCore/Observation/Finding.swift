/// How much a finding weighs.
package enum Severity: UInt8, Sendable, Hashable, Comparable, CaseIterable {
  case info, warn, error

  package var name: String { String(describing: self) }

  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// One thing that is wrong with, or worth saying of, one record or one set.
package struct Finding: Sendable, Hashable {
  /// The stable code, as `assay explain` knows it (`field.range`, `image.color`, `decode.truncated`).
  package var code: String
  /// The rule that found it, by its id in the schema; empty for findings no rule is needed for.
  package var rule: String
  package var severity: Severity
  /// What it is about, by its full name (`image.width`, `field.label`, `records`).
  package var subject: String
  package var expected: String
  package var found: String

  package init(
    code: String, rule: String = "", severity: Severity, subject: String, expected: String, found: String
  ) {
    self.code = code
    self.rule = rule
    self.severity = severity
    self.subject = subject
    self.expected = expected
    self.found = found
  }
}
