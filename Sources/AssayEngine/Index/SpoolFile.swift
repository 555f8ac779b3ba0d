import AssayChannel
import CLinux
import Glibc

/// Bytes that are written once and read back by their place, in a file that has no name and ends with the run: so they
/// take no memory.
final class SpoolFile {
  private let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  private let file: Int32
  private var buffer: [UInt8] = []
  private var writtenCount = 0

  /// Bytes that are gathered before they are written.
  private static let bufferByteCount = 1 << 18

  /// Throws `OutputError` where the folder for temporary files cannot be written.
  init() throws(OutputError) {
    file = assay_unnamed_file(folder, 1)
    guard file >= 0 else { throw OutputError(path: folder, reason: lastSystemError()) }
    guard ftruncate(file, 0) == 0 else { throw OutputError(path: folder, reason: lastSystemError()) }
  }

  deinit { close(file) }

  /// The number of bytes in it, which is the place of the next ones.
  var byteCount: Int { writtenCount + buffer.count }

  func append(_ bytes: [UInt8]) throws(OutputError) {
    buffer += bytes
    if buffer.count >= Self.bufferByteCount { try flush() }
  }

  private func flush() throws(OutputError) {
    var start = 0
    while start < buffer.count {
      let count = buffer.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + start, $0.count - start) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputError(path: folder, reason: lastSystemError()) }
      start += count
    }
    writtenCount += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Gives all of it to `body`, mapped: what is read of it is all that is in memory.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    try flush()
    guard writtenCount > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let base = mmap(nil, writtenCount, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
      throw OutputError(path: folder, reason: lastSystemError())
    }
    defer { munmap(base, writtenCount) }
    return try body(UnsafeRawBufferPointer(start: base, count: writtenCount))
  }
}
