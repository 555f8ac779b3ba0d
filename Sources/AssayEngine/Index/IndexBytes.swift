import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// The bytes of an index: a file mapped for reading, or room that is written no more.
final class IndexBytes: Sendable {
  /// Valid as long as this is. Nobody writes to it.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  /// Whose bytes they are; nil for those of a mapping of our own. Nobody reads it: it only has to live.
  nonisolated(unsafe) private let room: IndexRoom?

  /// Maps a file.
  init(path: String) throws(SourceError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SourceError(source: path, reason: lastSystemError()) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      throw SourceError(source: path, reason: "expected an index of assay, found no file or an empty one")
    }
    let count = Int(status.st_size)
    guard let base = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0), base != MAP_FAILED else {
      throw SourceError(source: path, reason: lastSystemError())
    }
    bytes = UnsafeRawBufferPointer(start: base, count: count)
    room = nil
  }

  /// Copies pHashes, ascending, as an index file has them.
  init(_ pHashes: ExactSet<UInt64>, _ memory: IndexMemory) throws(OutputError) {
    let room = try IndexRoom(max(1, pHashes.count) * SetIndexHeader.pHashBytes, memory)
    let words = room.elements(of: UInt64.self)
    var next = 0
    try pHashes.forEachRun { (run) throws(OutputError) in
      for hash in run {
        words[next] = hash.littleEndian
        next += 1
      }
    }
    bytes = UnsafeRawBufferPointer(start: room.base, count: pHashes.count * SetIndexHeader.pHashBytes)
    self.room = room
  }

  deinit { if room == nil { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) } }
}
