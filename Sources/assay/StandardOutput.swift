import AssayEngine
import Glibc

/// Results, for people and programs. A result that could not be written is an error and not a pass.
enum StandardOutput {
  /// Writes the text. Throws `OutputError` when it does not get through.
  static func write(_ text: String) throws(OutputError) {
    guard StandardStream.write(text, to: 1) else {
      throw OutputError(path: "standard output", reason: String(cString: strerror(errno)))
    }
  }
}

/// Messages for people, kept apart from results on standard output.
enum StandardError {
  static func write(_ text: String) { _ = StandardStream.write(text, to: 2) }
}

private enum StandardStream {
  /// Writes all of the text; false, with `errno` set, when it does not get through.
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }
}
