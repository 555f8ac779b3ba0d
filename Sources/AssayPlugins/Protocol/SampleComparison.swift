import AssayCore

/// One batched call of a samples comparator: the rows of both sides once, and many ways to label them.
package struct SampleComparison: Sendable, Hashable {
  package var id: String
  package var parameters: [Double]
  /// Rows of both sides, the reference's first. Shape: (n + m) x d, row-major, finite.
  package var rows: [Double]
  /// d.
  package var dimensions: Int
  /// n; the other rows are the current side's.
  package var referenceCount: Int
  /// 1 where a row counts as current. Shape: B x (n + m), row-major.
  package var labels: [UInt8]

  package init(
    id: String, parameters: [Double], rows: [Double], dimensions: Int, referenceCount: Int, labels: [UInt8]
  ) {
    self.id = id
    self.parameters = parameters
    self.rows = rows
    self.dimensions = dimensions
    self.referenceCount = referenceCount
    self.labels = labels
  }

  /// n + m.
  package var rowCount: Int { dimensions == 0 ? 0 : rows.count / dimensions }

  /// B.
  package var labelingCount: Int { rowCount == 0 ? 0 : labels.count / rowCount }
}

extension SampleComparison {
  static let frameKind: UInt8 = 16

  init(from reader: inout ByteReader) throws(WireError) {
    id = try reader.text()
    parameters = try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() }
    rows = try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() }
    dimensions = Int(truncatingIfNeeded: try reader.signedVarint())
    referenceCount = Int(truncatingIfNeeded: try reader.signedVarint())
    labels = try reader.blob()
  }

  func encode(to writer: inout ByteWriter) {
    writer.text(id)
    writer.list(parameters) { $0.real($1) }
    writer.list(rows) { $0.real($1) }
    writer.signedVarint(Int64(dimensions))
    writer.signedVarint(Int64(referenceCount))
    writer.blob(labels)
  }
}
