import CLinux
import Glibc

/// One shared word in which a worker says which item it is at, for the coordinator's clock.
package final class ProgressWord {
  /// Where a worker is: the assignment it works on and the item within.
  package struct Position: Sendable, Hashable {
    package var assignment: UInt64
    package var item: Int

    /// Before the first item.
    package static let none = Position(assignment: 0, item: 0)
  }

  package let descriptor: Int32
  private let word: UnsafeMutablePointer<UInt64>?
  private static let pageLength = 4096
  private static let itemBits = 12

  /// Maps the page of a descriptor that is adopted; a word that cannot be mapped never moves.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    let mapped = mmap(nil, Self.pageLength, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    word = mapped == MAP_FAILED ? nil : mapped?.assumingMemoryBound(to: UInt64.self)
  }

  /// Creates a page to share. Throws if the kernel gives none.
  package static func create() throws(WorkerError) -> ProgressWord {
    let descriptor = assay_memory_file("assay-progress")
    guard descriptor >= 0, ftruncate(descriptor, off_t(pageLength)) == 0 else {
      throw WorkerError("cannot create shared memory: \(lastSystemError())")
    }
    return ProgressWord(descriptor: descriptor)
  }

  deinit {
    if let word { munmap(word, Self.pageLength) }
    if descriptor >= 0 { close(descriptor) }
  }

  package func store(assignment: UInt64, item: Int) {
    guard let word else { return }
    assay_word_store(word, assignment << UInt64(Self.itemBits) | UInt64(item))
  }

  package var position: Position {
    guard let word else { return Position(assignment: 0, item: 0) }
    let value = assay_word_load(word)
    return Position(
      assignment: value >> UInt64(Self.itemBits), item: Int(value & (1 << UInt64(Self.itemBits) - 1)))
  }
}
