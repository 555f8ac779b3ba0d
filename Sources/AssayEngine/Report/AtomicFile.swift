import AssayChannel
import AssayIngest
import Glibc

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary file in the same folder; `commit` puts it in place. A run that fails leaves nothing
/// behind. Device files such as `/dev/stdout` are written directly.
package final class AtomicFile {
  package let path: String
  private let temporaryPath: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Creates the temporary file. Throws `OutputError` when the folder cannot be written.
  package init(path: String) throws(OutputError) {
    self.path = path
    var status = stat()
    // These name a descriptor, which may be a file that others write to as well.
    let isStandard = path == "/dev/stdout" || path == "/dev/stderr"
    let isDevice = isStandard || (stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG)
    temporaryPath = isDevice ? nil : "\(path).partial-\(getpid())"
    descriptor =
      isStandard
      ? fcntl(path == "/dev/stdout" ? 1 : 2, F_DUPFD_CLOEXEC, 3)
      : open(
        temporaryPath ?? path, O_WRONLY | O_CLOEXEC | O_CREAT | (isDevice ? 0 : O_EXCL), 0o644)
    guard descriptor >= 0 else { throw OutputError(path: path, reason: lastSystemError()) }
  }

  deinit { discard() }

  /// Appends bytes, buffered.
  package func write(_ bytes: some Collection<UInt8>) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Writes what is buffered and puts the file in place.
  package func commit() throws(OutputError) {
    try flush()
    let failed = temporaryPath != nil && fsync(descriptor) != 0
    if failed || close(descriptor) != 0 { throw OutputError(path: path, reason: lastSystemError()) }
    descriptor = -1
    if let temporaryPath, rename(temporaryPath, path) != 0 {
      let reason = lastSystemError()
      unlink(temporaryPath)
      throw OutputError(path: path, reason: reason)
    }
  }

  /// Writes a whole file at once.
  package static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let file = try AtomicFile(path: path)
    try file.write(bytes)
    try file.commit()
  }

  private func flush() throws(OutputError) {
    var start = 0
    while start < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputError(path: path, reason: lastSystemError()) }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
  }
}

/// An output that cannot be written (exit code 4).
package struct OutputError: Error, Sendable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): cannot be written: \(reason)" }
}
