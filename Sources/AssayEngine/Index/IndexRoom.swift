import AssayChannel
import CLinux
import Glibc

/// Zeroed room for one index: in the run's memory, or in a file that has no name and so ends with the process.
final class IndexRoom {
  let base: UnsafeMutableRawPointer
  let byteCount: Int
  private let memory: IndexMemory
  private let isInMemory: Bool

  /// Throws `OutputError` when neither memory nor disk has room.
  init(_ byteCount: Int, _ memory: IndexMemory) throws(OutputError) {
    self.byteCount = byteCount
    self.memory = memory
    isInMemory = memory.take(byteCount)
    let file = isInMemory ? -1 : try Self.file(byteCount)
    defer { if file >= 0 { close(file) } }
    let flags = isInMemory ? MAP_PRIVATE | Int32(MAP_ANONYMOUS) : MAP_SHARED
    guard let mapping = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, file, 0), mapping != MAP_FAILED
    else {
      let reason = lastSystemError()
      if isInMemory { memory.give(byteCount) }
      throw OutputError(path: "index", reason: reason)
    }
    base = mapping
  }

  deinit {
    munmap(base, byteCount)
    if isInMemory { memory.give(byteCount) }
  }

  private static func file(_ byteCount: Int) throws(OutputError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let file = assay_unnamed_file(folder, UInt64(byteCount))
    guard file >= 0 else {
      throw OutputError(
        path: folder, reason: "no room for an index of \(byteCount) bytes: \(lastSystemError())")
    }
    return file
  }

  /// The room as elements of one type, which must be trivial.
  func elements<Element>(of type: Element.Type) -> UnsafeMutableBufferPointer<Element> {
    let capacity = byteCount / MemoryLayout<Element>.stride
    return UnsafeMutableBufferPointer(
      start: base.bindMemory(to: Element.self, capacity: capacity), count: capacity)
  }
}
