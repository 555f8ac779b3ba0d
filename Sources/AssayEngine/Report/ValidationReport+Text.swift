import AssayCore

extension ValidationReport {
  package func text() -> String { "\(counts)\n\(sources)\n\(isolation)\n" }
  package func json() -> String { "{}" }
}
