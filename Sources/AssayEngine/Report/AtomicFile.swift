import AssayChannel
import AssayIngest
import CLinux
import Glibc

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a file without a name in the same folder, or with a temporary one where the file system has no such
/// files; `commit` puts it in place. A run that fails, or is killed, leaves nothing behind. Standard output (`-`),
/// devices and the process's own descriptors (`/dev/stdout`) are written directly.
package final class AtomicFile {
  package let path: String
  private let isDirect: Bool
  /// The temporary name; nil as long as the file has none.
  private var temporaryPath: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Creates the temporary file. Throws `OutputError` when the folder cannot be written.
  package init(path: String) throws(OutputError) {
    self.path = path
    isDirect = Self.isDirect(path)
    if let standard = Self.standardDescriptors[path] {
      // It names a descriptor, which may be a file that others write to as well.
      descriptor = fcntl(standard, F_DUPFD_CLOEXEC, 3)
    } else if isDirect {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      descriptor = assay_nameless_file(Self.folder(of: path))
      if descriptor < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) {
        let name = Self.temporaryName(for: path)
        descriptor = open(name, O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, 0o644)
        temporaryPath = name
      }
    }
    guard descriptor >= 0 else { throw OutputError(path: path, reason: lastSystemError()) }
  }

  private static let standardDescriptors: [String: Int32] = ["-": 1, "/dev/stdout": 1, "/dev/stderr": 2]

  private static func isDirect(_ path: String) -> Bool {
    if standardDescriptors[path] != nil { return true }
    if ["/dev/fd/", "/proc/"].contains(where: { path.hasPrefix($0) }) { return true }
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  /// Random, so that neither another run nor what one left behind has it.
  private static func temporaryName(for path: String) -> String {
    "\(path).partial-\(String(UInt64.random(in: .min ... .max), radix: 36))"
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
    guard !isDirect else { return try check(close()) }
    try check(fsync(descriptor) == 0)
    if temporaryPath == nil {
      let name = Self.temporaryName(for: path)
      try check(assay_name_file(descriptor, name) == 0)
      temporaryPath = name
    }
    try check(close())
    if let temporaryPath { try check(rename(temporaryPath, path) == 0) }
    temporaryPath = nil
  }

  /// Throws what `errno` says unless a call succeeded.
  private func check(_ succeeded: Bool) throws(OutputError) {
    if !succeeded { throw OutputError(path: path, reason: lastSystemError()) }
  }

  private func close() -> Bool {
    defer { descriptor = -1 }
    return Glibc.close(descriptor) == 0
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
    if descriptor >= 0 { _ = close() }
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

  package var description: String {
    "\(path == "-" ? "standard output" : path): cannot be written: \(reason)"
  }
}
