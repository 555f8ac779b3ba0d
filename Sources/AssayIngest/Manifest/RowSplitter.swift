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
  /// The byte between fields; nil while it is not known, when any that could be it is taken for it.
  var delimiter: UInt8?

  /// The row that starts at `start`; nil if it does not end in `bytes` and there is more to come.
  ///
  /// A quote that is never closed ends with its line: the rows after it are not swallowed.
  func next(in bytes: UnsafeRawBufferPointer, from start: Int, atEnd: Bool) -> Row? {
    guard start < bytes.count, let base = bytes.baseAddress else { return nil }
    var isQuoted = false
    var position = start
    var firstLine: Row?
    while position < bytes.count {
      guard let found = memchr(base + position, 0x0A, bytes.count - position) else { break }
      let line = UnsafeRawPointer(found) - base
      let row = Row(content: start..<trimmed(bytes, start, line), next: line + 1)
      if format == .delimited { isQuoted = endsQuoted(bytes, position..<line, startsQuoted: isQuoted) }
      if !isQuoted { return row }
      firstLine = firstLine ?? row
      position = line + 1
    }
    guard atEnd else { return nil }
    if format == .delimited { isQuoted = endsQuoted(bytes, position..<bytes.count, startsQuoted: isQuoted) }
    let rest = Row(content: start..<trimmed(bytes, start, bytes.count), next: bytes.count)
    return isQuoted ? firstLine ?? rest : rest
  }

  /// Whether a line ends inside a quoted field. A quote opens one only where a field begins; see `DelimitedRow`.
  private func endsQuoted(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, startsQuoted: Bool) -> Bool {
    guard let base = bytes.baseAddress, memchr(base + line.lowerBound, Int32(Self.quote), line.count) != nil
    else { return startsQuoted }
    var isQuoted = startsQuoted
    var isAtFieldStart = true
    var position = line.lowerBound
    while position < line.upperBound {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        guard byte == Self.quote else { continue }
        isQuoted = position < line.upperBound && bytes[position] == Self.quote
        if isQuoted { position += 1 } else { isAtFieldStart = false }
      } else if byte == Self.quote, isAtFieldStart {
        isQuoted = true
      } else {
        isAtFieldStart = isDelimiter(byte)
      }
    }
    return isQuoted
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    delimiter.map { byte == $0 } ?? ManifestDialect.delimiters.contains(byte)
  }

  private static let quote = UInt8(ascii: "\"")

  /// The end without the carriage return of a CRLF.
  private func trimmed(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
    end > start && bytes[end - 1] == 0x0D ? end - 1 : end
  }
}
