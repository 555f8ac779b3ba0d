import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// Writes what was accepted: rows of the manifest as they were, columns kept, or rows of JSON Lines where records have
/// no manifest.
///
/// Rows are copied by offset and length, with the line ends they have; the coordinator does not look into them.
final class AcceptedSink: RecordConsumer {
  private struct Manifest {
    var header: [UInt8]
    var descriptor: Int32

    /// The header without byte order mark and line end.
    var columns: ArraySlice<UInt8> {
      let text = header.starts(with: [0xEF, 0xBB, 0xBF]) ? header.dropFirst(3) : header[...]
      return text.prefix(text.count - text.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count)
    }

    var endsLinesWithReturn: Bool { header.suffix(2) == [0x0D, 0x0A] }
  }

  private let file: AtomicFile
  private var writer = JSONWriter()
  private var manifests: [Int: Manifest] = [:]
  /// Of the manifest whose header was written.
  private var columns: ArraySlice<UInt8>?
  private var recordsWithoutRow = 0

  init(path: String) throws(OutputError) { file = try AtomicFile(path: path) }

  deinit { for manifest in manifests.values { close(manifest.descriptor) } }

  func adopt(manifest: Int, headerCount: Int, descriptor: Int32) {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    manifests[manifest] = Manifest(header: Self.bytes(copy, at: 0, count: headerCount), descriptor: copy)
  }

  /// Accepted records that have no row to be written; nil where none needs one.
  var leftOut: Int? { manifests.isEmpty ? nil : recordsWithoutRow }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    guard !observation.isRejected else { return }
    if manifests.isEmpty { return try write(observation) }
    // Beside a manifest, a record without a row has nothing to be written in its format: the report says how many.
    guard let row = item.manifestRow, let manifest = manifests[row.manifest] else {
      return recordsWithoutRow += 1
    }
    if columns == nil { try writeHeader(of: manifest) }
    guard columns == manifest.columns else {
      throw ConfigurationError(
        "\(file.path): expected manifests with the same columns, found "
          + "\"\(String(decoding: columns ?? [], as: UTF8.self))\" and "
          + "\"\(String(decoding: manifest.columns, as: UTF8.self))\"; accept them one by one")
    }
    try write(row, of: manifest)
  }

  private func writeHeader(of manifest: Manifest) throws(OutputError) {
    columns = manifest.columns
    try file.write(manifest.header)
  }

  private func write(_ row: ManifestRow, of manifest: Manifest) throws(OutputError) {
    let bytes = Self.bytes(manifest.descriptor, at: row.offset, count: row.count + 1)
    try file.write(Array(bytes.prefix(row.count)))
    // The last row may end without a line break.
    let hasReturn = bytes.count > row.count ? bytes.last == 0x0D : manifest.endsLinesWithReturn
    try file.write(hasReturn ? [0x0D, 0x0A] : [0x0A])
  }

  private func write(_ observation: Observation) throws {
    writer.removeAll()
    RowFormat.write(observation, to: &writer)
    writer.lineBreak()
    try file.write(writer.bytes)
  }

  private static func bytes(_ descriptor: Int32, at offset: Int64, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
    return Array(bytes.prefix(max(0, got)))
  }

  func commit() throws(OutputError) {
    if columns == nil, let first = manifests.min(by: { $0.key < $1.key }) { try writeHeader(of: first.value) }
    try file.commit()
  }
}
