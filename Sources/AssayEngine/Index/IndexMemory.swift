/// The memory that all exact indexes of a run share: what is beyond it goes to temporary files.
package final class IndexMemory {
  /// The most bytes that may be in memory.
  package let limit: Int
  /// Bytes that are in memory now.
  package private(set) var used = 0

  package init(limit: Int) { self.limit = limit }

  /// Takes so many bytes; false if there are not as many left.
  func take(_ byteCount: Int) -> Bool {
    guard byteCount <= limit - used else { return false }
    used += byteCount
    return true
  }

  /// Gives back what was taken.
  func give(_ byteCount: Int) { used -= byteCount }
}
