import CLinux
import Glibc

/// One slot of shared memory that carries member bytes from a reader to a decoder.
///
/// The coordinator creates the arenas and hands their descriptors out; a reader fills one, decoders map it
/// read-only. The number of arenas bounds the bytes in flight.
package final class SharedArena {
  package let descriptor: Int32
  private let writable: Bool
  private var base: UnsafeMutableRawPointer?
  private var capacity = 0

  /// Adopts the descriptor: it is closed with the arena.
  package init(descriptor: Int32, writable: Bool) {
    self.descriptor = descriptor
    self.writable = writable
  }

  /// Creates an empty arena. Throws if the kernel gives no memory file.
  package static func create() throws(WorkerError) -> SharedArena {
    let descriptor = assay_memory_file("assay-arena")
    guard descriptor >= 0 else { throw WorkerError("cannot create shared memory: \(lastSystemError())") }
    return SharedArena(descriptor: descriptor, writable: true)
  }

  deinit {
    unmap()
    close(descriptor)
  }

  /// The bytes of one member. Nil if the arena is not as long as it was said to be.
  package func bytes(at offset: Int, count: Int) -> UnsafeRawBufferPointer? {
    guard offset >= 0, count >= 0, offset <= Int.max - count else { return nil }
    if offset + count > capacity { map(minimum: offset + count) }
    if count == 0 { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard offset + count <= capacity, let base else { return nil }
    return UnsafeRawBufferPointer(start: base + offset, count: count)
  }

  /// Room for writing `count` bytes at `offset`, growing the arena to at most `limit` bytes. Nil if it cannot grow.
  package func room(at offset: Int, count: Int, within limit: Int) -> UnsafeMutableRawBufferPointer? {
    guard offset + count <= limit else { return nil }
    if offset + count > capacity {
      let wanted = min(max(offset + count, min(capacity * 2, capacity + 64 << 20), 1 << 20), limit)
      guard ftruncate(descriptor, off_t(wanted)) == 0 else { return nil }
      map(minimum: wanted)
    }
    guard let base, offset + count <= capacity else { return nil }
    return UnsafeMutableRawBufferPointer(start: base + offset, count: count)
  }

  /// Bytes that it has now, whoever made it grow or shrink.
  package var byteCount: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Gives memory beyond `limit` bytes back, so that one huge member does not stay paid for.
  package func shrink(to limit: Int) {
    guard byteCount > limit else { return }
    unmap()
    ftruncate(descriptor, off_t(limit))
  }

  /// Lets go of a mapping of more than there is now: the other side may have shrunk the arena.
  package func refresh() {
    if capacity > byteCount { unmap() }
  }

  private func map(minimum: Int) {
    unmap()
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size >= minimum else { return }
    let protection = writable ? PROT_READ | PROT_WRITE : PROT_READ
    let mapped = mmap(nil, Int(status.st_size), protection, MAP_SHARED, descriptor, 0)
    guard mapped != MAP_FAILED else { return }
    base = mapped
    capacity = Int(status.st_size)
  }

  private func unmap() {
    if let base { munmap(base, capacity) }
    base = nil
    capacity = 0
  }
}
