/// Takes one row of a delimited manifest apart.
///
/// Source: RFC 4180. A quote inside an unquoted field is taken as it is, as every spreadsheet does.
enum DelimitedRow {
  /// The raw bytes of every field, quotes removed and doubled quotes made single; nil if a quote is never closed.
  static func fields(of row: UnsafeRawBufferPointer, delimiter: UInt8) -> [[UInt8]]? {
    var fields: [[UInt8]] = []
    var position = 0
    while true {
      guard let (field, end) = field(row, at: position, delimiter) else { return nil }
      fields.append(field)
      guard end < row.count else { return fields }
      position = end + 1
    }
  }

  /// The field that starts at `start`, and the index of the delimiter after it (or the row's length).
  private static func field(
    _ row: UnsafeRawBufferPointer, at start: Int, _ delimiter: UInt8
  ) -> (bytes: [UInt8], end: Int)? {
    guard start < row.count, row[start] == quote else {
      let end = row[start...].firstIndex(of: delimiter) ?? row.count
      return (Array(row[start..<end]), end)
    }
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
    let end = row[afterQuote...].firstIndex(of: delimiter) ?? row.count
    return (bytes + row[afterQuote..<end], end)
  }

  private static let quote = UInt8(ascii: "\"")
}
