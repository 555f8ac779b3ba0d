import CAssayPlugin

/// Texts that a plugin may read during one call, in one piece of memory.
final class LentTexts {
  private let room: UnsafeMutablePointer<CChar>
  private let capacity: Int
  private var used = 0

  /// Room for texts of that many bytes of UTF-8 together.
  init(byteCount: Int) {
    capacity = byteCount
    room = .allocate(capacity: max(1, byteCount))
  }

  deinit { room.deallocate() }

  /// A copy that lives as long as this object.
  func lend(_ text: String) -> assay_text_t {
    let start = room + used
    let count = text.utf8.count
    precondition(used + count <= capacity, "more text than was announced")
    for (index, byte) in text.utf8.enumerated() { start[index] = CChar(bitPattern: byte) }
    used += count
    return assay_text_t(bytes: start, length: count)
  }
}
