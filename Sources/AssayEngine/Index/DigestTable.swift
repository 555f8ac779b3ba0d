import AssayChannel
package import AssayCore
import CLinux
import Glibc

/// An exact set of digests in at most 23 bytes each: in memory up to a limit, then in an unlinked temporary file.
///
/// Open addressing with linear probing over one mapping that grows by a quarter, so it is always at least 70 % full.
/// A digest is its own hash. *Complexity*: O(1) an insertion, O(n) when it grows.
package final class DigestTable {
  private typealias Slot = (high: UInt64, low: UInt64)

  private var slots: UnsafeMutableBufferPointer<Slot>
  private var mapping: UnsafeMutableRawPointer
  private var byteCount: Int
  private let memoryLimit: Int
  /// Whether the all-zero digest, which marks a free slot, is in the set.
  private var holdsZero = false
  package private(set) var count = 0

  /// Room to begin with.
  private static let firstCapacity = 1 << 12

  /// An empty set that keeps at most `memoryLimit` bytes in memory.
  package init(memoryLimit: Int) throws(OutputError) {
    self.memoryLimit = memoryLimit
    byteCount = Self.firstCapacity * MemoryLayout<Slot>.stride
    mapping = try Self.map(byteCount, inMemory: byteCount <= memoryLimit)
    slots = Self.slots(mapping, byteCount)
  }

  deinit { munmap(mapping, byteCount) }

  /// Adds a digest; false if it was there already.
  package func insert(_ digest: Digest128) throws(OutputError) -> Bool {
    let (high, low) = digest.words
    if high == 0, low == 0 {
      defer { holdsZero = true }
      return !holdsZero
    }
    if count * 8 >= slots.count * 7 { try grow() }
    let isNew = Self.place((high, low), in: slots)
    if isNew { count += 1 }
    return isNew
  }

  private static func place(_ slot: Slot, in slots: UnsafeMutableBufferPointer<Slot>) -> Bool {
    // The high word scaled to the capacity: no division, and any capacity will do.
    var index = Int(slot.high.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[index].high != 0 || slots[index].low != 0 {
      if slots[index].high == slot.high, slots[index].low == slot.low { return false }
      index = index + 1 == slots.count ? 0 : index + 1
    }
    slots[index] = slot
    return true
  }

  private func grow() throws(OutputError) {
    let larger = slots.count / 4 * 5 * MemoryLayout<Slot>.stride
    let next = try Self.map(larger, inMemory: larger <= memoryLimit)
    let room = Self.slots(next, larger)
    for slot in slots where slot.high != 0 || slot.low != 0 { _ = Self.place(slot, in: room) }
    munmap(mapping, byteCount)
    (mapping, byteCount, slots) = (next, larger, room)
  }

  private static func slots(_ mapping: UnsafeMutableRawPointer, _ byteCount: Int)
    -> UnsafeMutableBufferPointer<Slot>
  {
    let capacity = byteCount / MemoryLayout<Slot>.stride
    return UnsafeMutableBufferPointer(
      start: mapping.bindMemory(to: Slot.self, capacity: capacity), count: capacity)
  }

  /// Zeroed memory: anonymous, or a file that has no name and so ends with the process.
  private static func map(_ byteCount: Int, inMemory: Bool) throws(OutputError) -> UnsafeMutableRawPointer {
    var file: Int32 = -1
    if !inMemory {
      let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
      file = assay_unnamed_file(folder, UInt64(byteCount))
      guard file >= 0 else {
        throw OutputError(
          path: folder, reason: "no room for an index of \(byteCount) bytes: \(lastSystemError())")
      }
    }
    defer { if file >= 0 { close(file) } }
    let flags = inMemory ? MAP_PRIVATE | Int32(MAP_ANONYMOUS) : MAP_SHARED
    guard let mapping = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, file, 0), mapping != MAP_FAILED
    else {
      throw OutputError(path: "index", reason: lastSystemError())
    }
    return mapping
  }
}
