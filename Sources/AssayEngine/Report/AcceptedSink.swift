import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// Writes what was accepted: rows of the manifest as they were, columns kept, or rows of JSON Lines where records have
/// no manifest.
///
/// Rows are copied by offset and length; the coordinator does not look into them.
final class AcceptedSink: RecordConsumer {
  private let file: AtomicFile
  private var writer = JSONWriter()
  private var manifests: [Int: (header: [UInt8], descriptor: Int32)] = [:]
  private var header: [UInt8]?

  init(path: String) throws(OutputError) { file = try AtomicFile(path: path) }

  deinit { for manifest in manifests.values { close(manifest.descriptor) } }

  func adopt(manifest: Int, headerCount: Int, descriptor: Int32) {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    manifests[manifest] = (Self.bytes(copy, at: 0, count: headerCount), copy)
  }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    guard !observation.isRejected else { return }
    if manifests.isEmpty { return try write(observation) }
    // Beside a manifest, a record without a row has nothing to be written in its format; it is an orphan, and reported.
    guard let row = item.manifestRow, let manifest = manifests[row.manifest] else { return }
    if header == nil {
      header = manifest.header
      try file.write(manifest.header)
    }
    guard header == manifest.header else {
      throw OutputError(
        path: file.path, reason: "the manifests have different columns; accept them one by one")
    }
    try file.write(Self.bytes(manifest.descriptor, at: row.offset, count: row.count))
    try file.write([0x0A])
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

  func commit() throws(OutputError) { try file.commit() }
}
