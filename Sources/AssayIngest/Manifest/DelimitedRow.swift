import Glibc

/// Takes one row of a delimited manifest apart.
///
/// Source: RFC 4180. A quote inside an unquoted field is taken as it is, as every spreadsheet does.
enum DelimitedRow {
  /// Gives the raw bytes of every field to `body`, quotes removed and doubled quotes made single; false if a quote is
  /// never closed.
  static func forEachField(
    of row: UnsafeRawBufferPointer, delimiter: UInt8, _ body: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    var position = 0
    while true {
      let end: Int
      if position < row.count, row[position] == quote {
        guard let (field, fieldEnd) = quotedField(row, at: position, delimiter) else { return false }
        field.withUnsafeBytes(body)
        end = fieldEnd
      } else {
        end = fieldEnd(row, from: position, delimiter)
        body(UnsafeRawBufferPointer(rebasing: row[position..<end]))
      }
      guard end < row.count else { return true }
      position = end + 1
    }
  }

  /// The index of the next delimiter, or the row's length.
  private static func fieldEnd(_ row: UnsafeRawBufferPointer, from start: Int, _ delimiter: UInt8) -> Int {
    guard start < row.count, let base = row.baseAddress,
      let found = memchr(base + start, Int32(delimiter), row.count - start)
    else { return row.count }
    return UnsafeRawPointer(found) - base
  }

  /// The field whose quote is at `start`, and the index of the delimiter after it (or the row's length).
  private static func quotedField(
    _ row: UnsafeRawBufferPointer, at start: Int, _ delimiter: UInt8
  ) -> (bytes: [UInt8], end: Int)? {
    var bytes: [UInt8] = []
    var position = start + 1
    while position < row.count {
      guard row[position] == quote else {
        bytes.append(row[position])
        position += 1
        continue
      }
      guard position + 1 < row.count, row[position + 1] == quote else { break }
      bytes.append(quote)
      position += 2
    }
    guard position < row.count else { return nil }
    // What stands between the closing quote and the delimiter belongs to the field.
    let afterQuote = min(position + 1, row.count)
    let end = fieldEnd(row, from: afterQuote, delimiter)
    return (bytes + row[afterQuote..<end], end)
  }

  private static let quote = UInt8(ascii: "\"")
}
