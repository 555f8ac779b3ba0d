import AssayEngine
import Glibc

/// Results, for people and programs. A result that could not be written is an error and not a pass.
enum StandardOutput {
  /// Writes the text. Throws `OutputError` when it does not get through.
  static func write(_ text: String) throws(OutputError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw OutputError(path: "standard output", reason: String(cString: strerror(errno)))
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
