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
    guard let cells = DelimitedRow.fields(of: row, delimiter: dialect.delimiter) else {
      return .malformed("a quote is opened and never closed")
    }
    guard cells.count == dialect.columns.count else {
      return .malformed("expected \(counted(dialect.columns.count, "column")), found \(cells.count)")
    }
    var fields: [NamedValue] = []
    fields.reserveCapacity(cells.count)
    for (name, cell) in zip(dialect.columns, cells) {
      guard let text = cell.withUnsafeBytes({ UTF8Text.string($0) }) else {
        return .malformed("the column \"\(name)\" is not UTF-8")
      }
      fields.append(NamedValue(name: name, value: text.isEmpty ? .missing : .text(text)))
    }
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
