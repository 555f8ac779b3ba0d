import AssayCore
import Crypto
import Glibc

/// Reads rows of one manifest where a scanner found them.
final class ManifestRows {
  private let descriptor: Int32
  private let fields: RowFields
  /// The part of the file that was read last: rows are asked for one after the other.
  private var buffer = [UInt8](repeating: 0, count: 128 << 10)
  private var window: Range<Int64> = 0..<0

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

  /// The key of a row that does not say what it is called.
  func key(of row: ManifestRow) -> RecordKey {
    withBytes(of: row) { RecordKey(rowDigest: SHA256.hash(data: $0)) } ?? RecordKey(row: row.number)
  }

  private func withBytes<Answer>(of row: ManifestRow, _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer? {
    guard 0...ManifestScanner.mostRowBytes ~= row.count, row.offset >= 0 else { return nil }
    let wanted = row.offset..<row.offset + Int64(row.count)
    if !window.contains(wanted) { moveWindow(to: wanted) }
    guard window.contains(wanted) else { return nil }
    let start = Int(wanted.lowerBound - window.lowerBound)
    return buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<start + row.count])) }
  }

  private func moveWindow(to wanted: Range<Int64>) {
    if buffer.count < wanted.count { buffer = [UInt8](repeating: 0, count: wanted.count) }
    let got = buffer.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, $0.count, off_t(wanted.lowerBound))
    }
    window = wanted.lowerBound..<wanted.lowerBound + Int64(max(0, got))
  }
}

/// Why a row tells of no record.
struct RowReason: Error {
  var text: String
}
