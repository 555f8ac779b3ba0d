import AssayCore

/// How a manifest is written: found out once, from its first bytes.
package struct ManifestDialect: Sendable, Hashable, Codable {
  package enum Format: String, Sendable, Codable {
    /// RFC 4180 with a header row.
    case delimited
    /// One JSON object a line.
    case jsonLines
    /// What `--records` wrote.
    case records
  }

  package var format: Format
  /// The byte between fields; unused in JSON Lines.
  package var delimiter: UInt8
  /// Bytes before the first row: the byte order mark and the header.
  package var headerCount: Int
  /// The header's names in order; empty for JSON Lines.
  package var columns: [String]

  /// Columns that name an image's path when the schema does not say which, in this order.
  package static let pathColumns = ["path", "file_name", "filename", "image", "file"]

  /// The column that holds paths: the declared one, else the first of `pathColumns` that the header has.
  package func pathColumn(declared: String?) -> String? {
    if let declared { return declared }
    return Self.pathColumns.first { columns.contains($0) }
  }

  /// Recognises the dialect. `prefix` should hold the whole first line; a reason is thrown if it does not.
  init(prefix: UnsafeRawBufferPointer, isTruncated: Bool) throws(SourceError.Reason) {
    let markCount = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = prefix.dropFirst(markCount)
    if prefix.starts(with: [0xFF, 0xFE]) || prefix.starts(with: [0xFE, 0xFF]) {
      throw "the manifest is UTF-16; save it as UTF-8"
    }
    guard let first = text.first(where: { !Self.isSpace($0) }) else { throw "the manifest is empty" }
    let rest = UnsafeRawBufferPointer(rebasing: prefix[markCount...])
    if first == UInt8(ascii: "{") {
      let row = RowSplitter(format: .jsonLines).next(in: rest, from: 0, atEnd: !isTruncated)
      let isRecord =
        row.map { RecordedRow.isRow(UnsafeRawBufferPointer(rebasing: rest[$0.content])) } ?? false
      self.init(format: isRecord ? .records : .jsonLines, delimiter: 0, headerCount: markCount, columns: [])
      return
    }
    if Self.isArray(text) { throw "a JSON array; expected JSON Lines: one object a line, without brackets" }
    let splitter = RowSplitter(format: .delimited)
    guard let row = splitter.next(in: rest, from: 0, atEnd: !isTruncated) else {
      throw "its header is longer than \(prefix.count) bytes; is it a CSV?"
    }
    let header = UnsafeRawBufferPointer(rebasing: rest[row.content])
    let delimiter = Self.delimiter(of: header)
    guard let cells = DelimitedRow.fields(of: header, delimiter: delimiter) else {
      throw "a quote in the header is opened and never closed"
    }
    let columns = cells.map { String(decoding: $0, as: UTF8.self) }
    if let twice = Self.firstDuplicate(columns) { throw "the header names \"\(twice)\" twice" }
    self.init(format: .delimited, delimiter: delimiter, headerCount: markCount + row.next, columns: columns)
  }

  private init(format: Format, delimiter: UInt8, headerCount: Int, columns: [String]) {
    self.format = format
    self.delimiter = delimiter
    self.headerCount = headerCount
    self.columns = columns
  }

  /// The most frequent of tab, semicolon and comma in the header; a comma when there is none.
  private static func delimiter(of header: UnsafeRawBufferPointer) -> UInt8 {
    delimiters.max { left, right in
      header.count { $0 == left } < header.count { $0 == right }
    } ?? UInt8(ascii: ",")
  }

  /// The bytes that may stand between fields.
  static let delimiters = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]

  /// Whether the text begins with `[{`, as no header does.
  private static func isArray(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
    text.lazy.filter { !isSpace($0) }.prefix(2).elementsEqual("[{".utf8)
  }

  private static func firstDuplicate(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
