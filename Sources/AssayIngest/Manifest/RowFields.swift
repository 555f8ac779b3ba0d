package import AssayCore

/// Turns the bytes of one manifest row into fields.
package struct RowFields {
  package enum Parsed {
    case fields([NamedValue])
    /// The row cannot be used, and why.
    case malformed(String)
  }

  private let dialect: ManifestDialect

  /// Whether rows are what `--records` wrote.
  var holdsRecords: Bool { dialect.format == .records }

  /// Whether the format tells text from numbers.
  var isTyped: Bool { dialect.format != .delimited }

  package init(_ dialect: ManifestDialect) { self.dialect = dialect }

  package func parse(_ row: UnsafeRawBufferPointer) -> Parsed {
    switch dialect.format {
    case .delimited: delimited(row)
    case .jsonLines, .records: json(row)
    }
  }

  private func delimited(_ row: UnsafeRawBufferPointer) -> Parsed {
    let columns = dialect.columns
    var fields: [NamedValue] = []
    fields.reserveCapacity(columns.count)
    var cellCount = 0
    var illegible: String?
    let isClosed = DelimitedRow.forEachField(of: row, delimiter: dialect.delimiter) { cell in
      defer { cellCount += 1 }
      guard cellCount < columns.count else { return }
      guard let text = UTF8Text.string(cell) else {
        illegible = illegible ?? columns[cellCount]
        return
      }
      fields.append(NamedValue(name: columns[cellCount], value: text.isEmpty ? .missing : .text(text)))
    }
    if !isClosed { return .malformed("a quote is opened and never closed") }
    if cellCount != columns.count {
      return .malformed("expected \(counted(columns.count, "column")), found \(cellCount)")
    }
    if let illegible { return .malformed("the column \"\(illegible)\" is not UTF-8") }
    return .fields(fields)
  }

  private func json(_ row: UnsafeRawBufferPointer) -> Parsed {
    do throws(JSONError) {
      var reader = try JSONReader(row, limits: JSONLimits(maximumByteCount: 16 << 20, maximumDepth: 32))
      let value = try reader.value()
      try reader.finish()
      guard let object = value.object else {
        return .malformed("expected an object, found \(value.typeName)")
      }
      return .fields(FieldFlattening.fields(of: object))
    } catch {
      return .malformed(error.description)
    }
  }
}
