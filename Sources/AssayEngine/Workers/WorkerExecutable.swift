import Glibc

/// Finds `assay-worker`: always the one beside the running executable, never one from a search path.
enum WorkerExecutable {
  static func path() throws(ConfigurationError) -> String {
    let path = "\(ExecutableFolder.path)/assay-worker"
    guard access(path, X_OK) == 0 else {
      throw ConfigurationError(
        "\(path): not found; it belongs beside assay. Build both (`swift build`), or use --isolation none")
    }
    return path
  }
}

/// A usage, schema or plugin mistake of the user (exit code 2).
package struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
