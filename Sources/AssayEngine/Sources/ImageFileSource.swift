import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// One image file that was named by itself.
final class ImageFileSource: RecordSource {
  let name: String
  private var pending: RecordBatch?

  /// Opens the file. Throws if it cannot be opened.
  init(name: String, path: String, index: Int, naming: KeyNaming) throws(SourceError) {
    self.name = name
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw SourceError(source: name, reason: lastSystemError()) }
    let entry = EntryName(EntryName(path).baseName)
    let grouped = GroupedEntry(name: entry, kind: .image, body: BytePlace.file(descriptor: 0))
    let group = EntryGroup(key: entry.path, entries: [grouped], imageNames: ["image"])
    let item = WorkItem(group, source: name, naming: naming)
    pending = RecordBatch(source: index, items: [item], descriptors: [file])
  }

  func next() throws -> BatchOffer {
    guard let batch = pending else {
      return .ended(SourceEnd(entries: 1, items: 1))
    }
    pending = nil
    return .batch(batch)
  }
}
