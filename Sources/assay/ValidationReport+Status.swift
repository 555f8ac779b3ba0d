import AssayCore
import AssayEngine

extension ValidationReport {
  /// Throws the exit status unless it is 0.
  func throwStatus() throws {
    if !incompleteSources.isEmpty || isEmpty { throw ExitStatus.incomplete }
    if verdict == .fail { throw ExitStatus.failed }
  }
}
