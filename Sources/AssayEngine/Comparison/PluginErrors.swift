import AssayChannel
import CLinux
import Glibc

/// What plugins write to standard error, on its way to ours: printable lines that say where they come from, and no more
/// than a few. A plugin must not be able to forge a line of ours, or to drown it: a worker's successor has the same few.
final class PluginErrors {
  /// The writing end, for a worker and its successors. It never blocks: what nobody has read in time is lost.
  let output: Int32
  private let input: Int32
  private var line: [UInt8] = []
  private var linesLeft = mostLines
  private let write: (String) -> Void

  /// Lines that are passed on, and bytes of a line.
  static let mostLines = 40
  static let mostLineBytes = 400

  /// Throws if the system gives no pipe.
  init(write: @escaping (String) -> Void = PluginErrors.writeToStandardError) throws(WorkerError) {
    var ends: [Int32] = [-1, -1]
    guard assay_pipe(&ends) == 0 else { throw WorkerError("cannot create a pipe: \(lastSystemError())") }
    input = ends[0]
    output = ends[1]
    self.write = write
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  deinit {
    finishLine()
    close(output)
    close(input)
  }

  /// Passes on what a worker wrote that has ended, so that its last words do not begin its successor's.
  func finishLine() {
    drain()
    flush()
  }

  /// Passes on what has come.
  func drain() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    // A pipe holds 64 KiB; a plugin that writes on and on must not keep us here.
    for _ in 0..<32 {
      let count = bytes.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      for byte in bytes[..<count] { take(byte) }
    }
  }

  private func take(_ byte: UInt8) {
    guard byte != UInt8(ascii: "\n") else { return flush() }
    if line.count < Self.mostLineBytes { line.append(byte) }
  }

  private func flush() {
    defer { line = [] }
    guard !line.isEmpty, linesLeft > 0 else { return }
    linesLeft -= 1
    var page = TextPage()
    page.line("plugin: \(String(decoding: line, as: UTF8.self))")
    if linesLeft == 0 { page.line("plugin: (more was written and is not shown)") }
    write(page.text)
  }

  private static func writeToStandardError(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
