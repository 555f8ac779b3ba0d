import Glibc

/// Finds where rows end: at a line break outside quotes, or at any line break in JSON Lines.
struct RowSplitter {
  struct Row {
    /// The row without its line break.
    var content: Range<Int>
    /// Where the next row starts.
    var next: Int
  }

  let format: ManifestDialect.Format

  /// The row that starts at `start`; nil if it does not end in `bytes` and there is more to come.
  func next(in bytes: UnsafeRawBufferPointer, from start: Int, atEnd: Bool) -> Row? {
    guard start < bytes.count, let base = bytes.baseAddress else { return nil }
    var isQuoted = false
    var position = start
    while position < bytes.count {
      guard let found = memchr(base + position, 0x0A, bytes.count - position) else { break }
      let line = UnsafeRawPointer(found) - base
      if format == .delimited, quoteCount(bytes, position..<line) % 2 == 1 { isQuoted.toggle() }
      if !isQuoted { return Row(content: start..<trimmed(bytes, start, line), next: line + 1) }
      position = line + 1
    }
    return atEnd ? Row(content: start..<trimmed(bytes, start, bytes.count), next: bytes.count) : nil
  }

  private func quoteCount(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    for index in range where bytes[index] == UInt8(ascii: "\"") { count += 1 }
    return count
  }

  /// The end without the carriage return of a CRLF.
  private func trimmed(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
    end > start && bytes[end - 1] == 0x0D ? end - 1 : end
  }
}
