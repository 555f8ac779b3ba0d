import AssayChannel
import AssayCore
import AssayIngest
import CLinux
import Glibc

/// A folder tree. The coordinator lists and opens; decoders read.
final class FolderSource: RecordSource {
  let name: String
  private let index: Int
  private let walker: FolderWalker
  private let classifier: EntryClassifier
  private let naming: KeyNaming
  private var grouper: RecordGrouper<Void>
  private var counts = EntryCounts()
  private var entries = 0
  private var failures: [String] = []
  private var ready: [EntryGroup<Void>] = []
  private var isExhausted = false

  init(path: String, index: Int, plan: ReadingPlan) throws(SourceError) {
    name = path
    self.index = index
    walker = try FolderWalker(path: path)
    classifier = EntryClassifier(ignored: plan.ignored.map(Glob.init))
    naming = plan.naming
    grouper = RecordGrouper(secondNames: plan.secondImages)
  }

  func next() throws -> BatchOffer {
    var batch = FolderBatch()
    while !batch.isFull, let group = nextGroup() { try add(group, to: &batch) }
    guard batch.items.isEmpty else {
      return .batch(RecordBatch(source: index, items: batch.items, descriptors: batch.descriptors))
    }
    let failure = failures.isEmpty ? nil : failures.prefix(3).joined(separator: "; ")
    return .ended(SourceEnd(counts: counts, entries: entries, failure: failure))
  }

  private func nextGroup() -> EntryGroup<Void>? {
    while ready.isEmpty, !isExhausted {
      if let event = walker.next() {
        entries += 1
        take(event)
      } else {
        isExhausted = true
        ready = grouper.finish().reversed()
      }
    }
    return ready.popLast()
  }

  private func take(_ event: FolderEvent) {
    switch event {
    case .directory: counts.directories += 1
    case .special: counts.other += 1
    case .failed(let name, let reason):
      counts.failed += 1
      failures.append("\(name.display): \(reason)")
    case .file(let name):
      let kind = classifier.kind(of: name)
      guard kind != .ignored else {
        counts.ignored += 1
        return
      }
      ready = grouper.release(before: name, kind).reversed()
      grouper.append(GroupedEntry(name: name, kind: kind, body: ()))
    }
  }

  private func add(_ group: EntryGroup<Void>, to batch: inout FolderBatch) throws(WorkerError) {
    let entries = try group.entries.map { entry throws(WorkerError) in
      GroupedEntry(name: entry.name, kind: entry.kind, body: try batch.open(entry.name, below: walker.root))
    }
    let placed = EntryGroup(key: group.key, entries: entries, imageNames: group.imageNames)
    batch.items.append(WorkItem(placed, source: name, naming: naming))
  }
}

/// Files that have been opened for one batch.
private struct FolderBatch {
  var items: [WorkItem] = []
  var descriptors: [Int32] = []
  private var byteCount = 0
  private var nameBytes = 0

  var isFull: Bool {
    items.count >= WorkBatch.mostItems || byteCount >= WorkBatch.enoughBytes
      || nameBytes >= WorkBatch.mostNameBytes || descriptors.count + 64 > Int(ASSAY_MAX_DESCRIPTORS)
  }

  /// Opens one file below the root; what cannot be opened is a fact about the record.
  ///
  /// Throws when the process, and not the file, is at its end.
  mutating func open(_ name: EntryName, below root: Int32) throws(WorkerError) -> BytePlace {
    nameBytes += name.path.count + 64
    let file = assay_open_beneath(root, name)
    guard file >= 0 else { return try .unopened() }
    let size = assay_regular_size(file)
    guard size >= 0 else {
      close(file)
      return .unreadable("not a regular file any more")
    }
    // Reading ahead hides the disk: the batch waits in the socket while another is decoded.
    posix_fadvise(file, 0, 0, POSIX_FADV_WILLNEED)
    byteCount += Int(size)
    descriptors.append(file)
    return .file(descriptor: descriptors.count - 1)
  }
}
