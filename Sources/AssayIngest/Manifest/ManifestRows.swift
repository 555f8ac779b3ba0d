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

  func fields(of row: ManifestRow) -> RowFields.Parsed {
    guard row.count <= ManifestScanner.mostRowBytes else { return .malformed("the row is too long") }
    if buffer.count < row.count { buffer = [UInt8](repeating: 0, count: row.count + 4096) }
    return buffer.withUnsafeMutableBytes { bytes -> RowFields.Parsed in
      let got = pread(descriptor, bytes.baseAddress, row.count, off_t(row.offset))
      guard got == row.count else { return .malformed("the manifest changed while it was read") }
      return fields.parse(UnsafeRawBufferPointer(rebasing: bytes[..<got]))
    }
  }
}
