import AssayChannel
import AssayCore
import AssayIngest
import CLinux
import Glibc

/// A manifest by itself: a table of rows, or a list of images below its own folder.
///
/// A reader worker finds the rows; decoders read and parse them. The coordinator sees offsets and paths only.
final class ManifestSource: RecordSource {
  let name: String
  private let index: Int
  private let scan: ManifestScan
  /// The folder the manifest's paths open below; -1 when rows stand for themselves.
  private let folder: Int32
  private var arrived: [RecordBatch] = []

  /// Adopts `folder`, an open directory or -1.
  init(name: String, index: Int, folder: Int32, scan: ManifestScan) {
    self.name = name
    self.index = index
    self.folder = folder
    self.scan = scan
  }

  deinit { if folder >= 0 { close(folder) } }

  var channel: ControlChannel? { scan.channel }

  var size: SourceExtent? { scan.size }

  func next() throws -> BatchOffer {
    try scan.start()
    if !arrived.isEmpty { return .batch(arrived.removeFirst()) }
    guard let end = scan.end else { return .waiting }
    return .ended(end)
  }

  func watch() { scan.watch() }

  func receive() throws {
    let arrivals = scan.receive()
    try checkPrefix()
    for rows in arrivals { arrived.append(try batch(rows)) }
  }

  /// Refuses a prefix for keys that are in the digests of records already.
  private func checkPrefix() throws(ConfigurationError) {
    guard scan.dialect?.format == .records, !scan.naming.prefix.isEmpty else { return }
    throw ConfigurationError(
      "\(name): expected no prefix for rows of --records, which have their keys, found "
        + "\"\(scan.naming.prefix)\"; give it to the run that writes the rows")
  }

  private func batch(_ rows: [ManifestScanner.Row]) throws(WorkerError) -> RecordBatch {
    var descriptors: [Int32] = []
    let items = try rows.map { row throws(WorkerError) in try item(row, &descriptors) }
    let batch = RecordBatch(source: index, items: items, descriptors: descriptors)
    batch.release = { [weak scan] in scan?.grant() }
    batch.extent = scan.size.flatMap { size in
      rows.last.map { SourceExtent(read: $0.offset + Int64($0.count), total: size.total) }
    }
    return batch
  }

  private func item(_ row: ManifestScanner.Row, _ descriptors: inout [Int32]) throws(WorkerError) -> WorkItem
  {
    let place = ManifestRow(manifest: scan.number, offset: row.offset, count: row.count, number: row.number)
    var item = WorkItem(
      key: RecordKey(scan.naming.prefix), locator: Locator(source: name, row: row.number), parts: [],
      isImageByName: true, manifestRow: place)
    guard folder >= 0, scan.dialect?.hasPaths == true || row.path != nil else { return item }
    let path = EntryName(scan.naming.stripped(row.path ?? []))
    if !path.path.isEmpty { item.key = RecordKey(bytes: scan.naming.key(for: path.path)) }
    item.locator.member = path.display
    item.parts = [
      WorkPart(role: .image(name: "image"), member: path.path, place: try open(path, &descriptors))
    ]
    return item
  }

  private func open(_ path: EntryName, _ descriptors: inout [Int32]) throws(WorkerError) -> BytePlace {
    guard !path.path.isEmpty else { return .unreadable("the row names no file") }
    let file = assay_open_beneath(folder, path)
    guard file >= 0 else { return try .unopened(path) }
    guard assay_regular_size(file) >= 0 else {
      close(file)
      return .unreadable("not a regular file")
    }
    descriptors.append(file)
    return .file(descriptor: descriptors.count - 1)
  }
}

extension ManifestDialect {
  /// Whether the header says that every row names an image.
  fileprivate var hasPaths: Bool { pathColumn(declared: nil) != nil }
}

extension BytePlace {
  /// Bytes that could not be opened.
  static func unreadable(_ reason: String) -> BytePlace {
    .missing(outcome: .unreadable, code: .unreadable, detail: reason)
  }

  /// What `errno` says of a file that could not be opened. Throws when the fault is not the file's.
  static func unopened(_ name: EntryName) throws(WorkerError) -> BytePlace {
    switch errno {
    case let number where CoordinatorLimits.isExhausted(number):
      throw WorkerError(
        "\(name.display): \(lastSystemError()); raise the limit (ulimit -n) or use fewer --workers")
    case EXDEV: return .unreadable("the path leads out of its folder")
    case EINVAL: return .unreadable("the path holds a NUL byte")
    case ELOOP: return .unreadable("a symbolic link, which is not followed")
    default: return .unreadable(lastSystemError())
    }
  }
}

/// Opens a file below a folder, as `assay_open_beneath` does. Returns -1 with `errno` set on failure.
func assay_open_beneath(_ folder: Int32, _ name: EntryName) -> Int32 {
  // A system call would take the path up to its first NUL for all of it.
  guard !name.path.contains(0) else {
    errno = EINVAL
    return -1
  }
  return (name.path + [0]).withUnsafeBufferPointer { path in
    path.withMemoryRebound(to: CChar.self) { assay_open_beneath(folder, $0.baseAddress) }
  }
}
