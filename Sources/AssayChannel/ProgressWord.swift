import CLinux
import Glibc

/// One shared word in which a worker says which item it is at, for the coordinator's clock.
package final class ProgressWord {
  /// Where a worker is: the assignment it works on, the item within, and what it does with it.
  package struct Position: Sendable, Hashable {
    package var assignment: UInt64
    package var item: Int
    /// 0 while the worker itself works on the item; from 1 on it waits for the plugin of that number.
    package var stage: Int

    /// Below 256 each, for item and stage.
    package init(assignment: UInt64, item: Int, stage: Int = 0) {
      self.assignment = assignment
      self.item = item
      self.stage = stage
    }

    /// Before the first item.
    package static let none = Position(assignment: 0, item: 0)
  }

  package let descriptor: Int32
  private let word: UnsafeMutablePointer<UInt64>?
  private static let pageLength = 4096
  private static let fieldBits: UInt64 = 8

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

  package func store(_ position: Position) {
    guard let word else { return }
    let item = UInt64(position.item) << Self.fieldBits | UInt64(position.stage)
    assay_word_store(word, position.assignment << (2 * Self.fieldBits) | item)
  }

  package var position: Position {
    guard let word else { return .none }
    let value = assay_word_load(word)
    let field: UInt64 = 1 << Self.fieldBits - 1
    return Position(
      assignment: value >> (2 * Self.fieldBits), item: Int(value >> Self.fieldBits & field),
      stage: Int(value & field))
  }
}
