/// Writes small TIFF structures, as EXIF has them.
package struct EXIFForge {
  package var littleEndian = true
  /// Stored as it is, valid or not; nil for no entry.
  package var orientation: Int?
  package var make: String?
  package var model: String?
  package var software: String?
  package var takenAt: String?
  package var hasPosition = false

  package init() {}

  private struct Entry {
    var tag: Int
    var type: Int
    var count: Int
    var bytes: [UInt8]
  }

  /// The TIFF structure.
  package func tiff() -> [UInt8] {
    var entries: [Entry] = []
    for (tag, value) in [(0x010F, make), (0x0110, model), (0x0131, software)] {
      if let value { entries.append(text(tag, value)) }
    }
    if let orientation { entries.append(Entry(tag: 0x0112, type: 3, count: 1, bytes: word(orientation))) }
    var bytes = (littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]) + word(42) + long(8)
    // Directories that are pointed to stand behind the first, whose size is known.
    let pointers = (takenAt == nil ? 0 : 1) + (hasPosition ? 1 : 0)
    var next = 8 + size(entries) + 12 * pointers
    var others: [UInt8] = []
    if let takenAt {
      entries.append(Entry(tag: 0x8769, type: 4, count: 1, bytes: long(next)))
      others += directory([text(0x9003, takenAt)], at: next)
      next += size([text(0x9003, takenAt)])
    }
    if hasPosition {
      let degrees = Entry(tag: 2, type: 5, count: 1, bytes: long(48) + long(1))
      entries.append(Entry(tag: 0x8825, type: 4, count: 1, bytes: long(next)))
      others += directory([degrees], at: next)
    }
    bytes += directory(entries.sorted { $0.tag < $1.tag }, at: 8)
    return bytes + others
  }

  private func text(_ tag: Int, _ value: String) -> Entry {
    let bytes = Array(value.utf8) + [0]
    return Entry(tag: tag, type: 2, count: bytes.count, bytes: bytes)
  }

  private func size(_ entries: [Entry]) -> Int {
    6 + entries.reduce(0) { $0 + 12 + ($1.bytes.count > 4 ? $1.bytes.count : 0) }
  }

  private func directory(_ entries: [Entry], at start: Int) -> [UInt8] {
    var bytes = word(entries.count)
    var values: [UInt8] = []
    for entry in entries {
      bytes += word(entry.tag) + word(entry.type) + long(entry.count)
      if entry.bytes.count <= 4 {
        bytes += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
      } else {
        bytes += long(start + 6 + 12 * entries.count + values.count)
        values += entry.bytes
      }
    }
    return bytes + long(0) + values
  }

  private func word(_ value: Int) -> [UInt8] {
    let word = UInt16(truncatingIfNeeded: value)
    return withUnsafeBytes(of: littleEndian ? word.littleEndian : word.bigEndian, Array.init)
  }

  private func long(_ value: Int) -> [UInt8] {
    let long = UInt32(truncatingIfNeeded: value)
    return withUnsafeBytes(of: littleEndian ? long.littleEndian : long.bigEndian, Array.init)
  }
}
