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
    Self.pathName(among: columns, declared: declared)
  }

  /// Which of a row's names is that of its path: the declared one, else the first of `pathColumns` that is there, in
  /// these letters or else in whatever case.
  package static func pathName(among names: [String], declared: String?) -> String? {
    if let declared { return declared }
    if let exact = pathColumns.first(where: names.contains) { return exact }
    return pathColumns.lazy.compactMap { known in names.first { $0.lowercased() == known } }.first
  }

  /// Recognises the dialect. `prefix` should hold the whole first line; a reason is thrown if it does not.
  init(prefix: UnsafeRawBufferPointer, isTruncated: Bool) throws(SourceError.Reason) {
    let markCount = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = prefix.dropFirst(markCount)
    if prefix.starts(with: [0xFF, 0xFE]) || prefix.starts(with: [0xFE, 0xFF]) {
      throw "the manifest is UTF-16; save it as UTF-8"
    }
    guard let first = text.first(where: { !Self.isSpace($0) }) else { throw "the manifest is empty" }
    if !text.contains(0x0A), text.dropLast().contains(0x0D) {
      throw "its lines end in CR alone; save it with LF or CRLF line ends"
    }
    let rest = UnsafeRawBufferPointer(rebasing: prefix[markCount...])
    if first == UInt8(ascii: "{") {
      let row = RowSplitter(format: .jsonLines).next(in: rest, from: 0, atEnd: !isTruncated)
      let isRecord =
        row.map { RecordedRow.isRow(UnsafeRawBufferPointer(rebasing: rest[$0.content])) } ?? false
      self.init(format: isRecord ? .records : .jsonLines, delimiter: 0, headerCount: markCount, columns: [])
      return
    }
    if Self.isArray(text) { throw "a JSON array; expected JSON Lines: one object a line, without brackets" }
    let stated = Self.statedDelimiter(in: rest)
    let splitter = RowSplitter(format: .delimited, delimiter: stated?.delimiter)
    guard let row = splitter.next(in: rest, from: stated?.lineCount ?? 0, atEnd: !isTruncated) else {
      throw "its header is longer than \(prefix.count) bytes; is it a CSV?"
    }
    let header = UnsafeRawBufferPointer(rebasing: rest[row.content])
    let delimiter = stated?.delimiter ?? Self.delimiter(of: header)
    var columns: [String] = []
    let isClosed = DelimitedRow.forEachField(of: header, delimiter: delimiter) {
      columns.append(String(decoding: $0, as: UTF8.self))
    }
    guard isClosed else { throw "a quote in the header is opened and never closed" }
    if let twice = Self.firstDuplicate(columns) { throw "the header names \"\(twice)\" twice" }
    self.init(format: .delimited, delimiter: delimiter, headerCount: markCount + row.next, columns: columns)
  }

  private init(format: Format, delimiter: UInt8, headerCount: Int, columns: [String]) {
    self.format = format
    self.delimiter = delimiter
    self.headerCount = headerCount
    self.columns = columns
  }

  /// What a first line `sep=;` states, as spreadsheets write it, and the bytes of that line; nil without one.
  private static func statedDelimiter(in text: UnsafeRawBufferPointer) -> (delimiter: UInt8, lineCount: Int)?
  {
    guard text.starts(with: "sep=".utf8), let end = text.firstIndex(of: 0x0A) else { return nil }
    let line = text[4..<end].filter { $0 != 0x0D }
    return line.count == 1 ? (line[0], end + 1) : nil
  }

  /// The most frequent of comma, tab and semicolon in the header, outside of quotes; a comma when there is none.
  private static func delimiter(of header: UnsafeRawBufferPointer) -> UInt8 {
    var counts = [UInt8: Int]()
    var isQuoted = false
    for byte in header {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if !isQuoted { counts[byte, default: 0] += 1 }
    }
    return delimiters.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ",")
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
