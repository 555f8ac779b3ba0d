import FoundationEssentials
import Glibc

/// Finds `assay-worker`: always the one beside the running executable, never one from a search path.
enum WorkerExecutable {
  static func path() throws(ConfigurationError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let executable = String(decoding: buffer[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
    for candidate in ["\(folder)/assay-worker", "\(testBundleFolder ?? folder)/assay-worker"]
    where access(candidate, X_OK) == 0 {
      return candidate
    }
    throw ConfigurationError(
      "\(folder)/assay-worker: not found; expected it beside \(executable). Build both (`swift build`), or use "
        + "--isolation none")
  }

  /// Under `swift test` the running executable is a helper of the toolchain, and the bundle is its argument.
  private static var testBundleFolder: String? {
    CommandLine.arguments.lazy.compactMap { argument -> String? in
      guard argument.hasSuffix(".xctest"), let cut = argument.lastIndex(of: "/") else { return nil }
      return String(argument[..<cut])
    }.first
  }
}

/// A usage, schema or plugin mistake of the user (exit code 2).
package struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
