import AssayCore
import Glibc

/// Reads rows of one manifest where a scanner found them.
final class ManifestRows {
  private let descriptor: Int32
  private let fields: RowFields
  private var buffer: [UInt8] = []

  /// Adopts the descriptor.
  init(_ dialect: ManifestDialect, descriptor: Int32) {
    self.descriptor = descriptor
    fields = RowFields(dialect)
  }

  /// Whether the format tells text from numbers.
  var isTyped: Bool { fields.isTyped }

  deinit { close(descriptor) }

  /// Whether its rows are what `--records` wrote.
  var holdsRecords: Bool { fields.holdsRecords }

  func fields(of row: ManifestRow) -> RowFields.Parsed {
    withBytes(of: row) { fields.parse($0) } ?? .malformed("the manifest changed while it was read")
  }

  /// The record that a row tells of; the reason if it tells of none.
  func record(of row: ManifestRow) -> Result<RecordedRow, RowReason> {
    let found = withBytes(of: row) { bytes -> Result<RecordedRow, RowReason> in
      do throws(JSONError) {
        return .success(try RecordedRow(bytes))
      } catch {
        return .failure(RowReason(text: error.description))
      }
    }
    return found ?? .failure(RowReason(text: "the file changed while it was read"))
  }

  private func withBytes<Answer>(of row: ManifestRow, _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer? {
    guard row.count <= ManifestScanner.mostRowBytes else { return nil }
    if buffer.count < row.count { buffer = [UInt8](repeating: 0, count: row.count + 4096) }
    return buffer.withUnsafeMutableBytes { bytes -> Answer? in
      let got = pread(descriptor, bytes.baseAddress, row.count, off_t(row.offset))
      guard got == row.count else { return nil }
      return body(UnsafeRawBufferPointer(rebasing: bytes[..<got]))
    }
  }
}

/// Why a row tells of no record.
struct RowReason: Error {
  var text: String
}
