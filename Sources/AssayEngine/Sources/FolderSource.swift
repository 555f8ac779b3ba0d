import AssayChannel
import AssayCore
import AssayIngest
import CLinux
import Glibc

/// A folder tree. The coordinator lists and opens; decoders read.
final class FolderSource: RecordSource {
  let name: String
  private let index: Int
  private let path: String
  private let walker: FolderWalker
  private var companions: CompanionImages
  /// Walks once more, for companions that no record has claimed; nil before that.
  private var leftovers: FolderWalker?
  private let classifier: EntryClassifier
  private let naming: KeyNaming
  private var grouper: RecordGrouper<Void>
  private var counts = EntryCounts()
  private var entries = 0
  private var items = 0
  private var failures: [String] = []
  private var ready: [EntryGroup<Void>] = []
  private var isExhausted = false

  init(path: String, index: Int, plan: ReadingPlan) throws(SourceError) {
    name = path
    self.index = index
    self.path = path
    companions = CompanionImages(plan.imagePatterns)
    walker = try FolderWalker(path: path)
    classifier = EntryClassifier(ignored: plan.ignored.map(Glob.init))
    naming = plan.naming
    grouper = RecordGrouper(secondNames: plan.secondImages)
  }

  func next() throws -> BatchOffer {
    var batch = FolderBatch()
    while !batch.isFull, let group = try nextGroup() { try add(group, to: &batch) }
    items += batch.items.count
    guard batch.items.isEmpty else {
      return .batch(RecordBatch(source: index, items: batch.items, descriptors: batch.descriptors))
    }
    let failure = failures.isEmpty ? nil : failures.prefix(3).joined(separator: "; ")
    return .ended(SourceEnd(counts: counts, entries: entries, items: items, failure: failure))
  }

  private func nextGroup() throws(SourceError) -> EntryGroup<Void>? {
    while ready.isEmpty, !isExhausted {
      if let event = walker.next() {
        entries += 1
        take(event)
      } else {
        isExhausted = true
        ready = grouper.finish().reversed()
      }
    }
    if let group = ready.popLast() { return group }
    return try nextLeftover()
  }

  /// The next companion that no record has claimed, as a record of its own.
  private func nextLeftover() throws(SourceError) -> EntryGroup<Void>? {
    guard companions.leavesAny else { return nil }
    if leftovers == nil { leftovers = try FolderWalker(path: path) }
    while let event = leftovers?.next() {
      guard case .file(let name) = event, classifier.kind(of: name) == .image,
        let image = companions.unclaimedName(name)
      else { continue }
      let entry = GroupedEntry(name: name, kind: EntryKind.image, body: ())
      return EntryGroup(key: name.path, entries: [entry], imageNames: [image])
    }
    return nil
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
      if kind == .image, companions.meet(name) { return }
      ready = grouper.release(before: name, kind).reversed()
      grouper.append(GroupedEntry(name: name, kind: kind, body: ()))
    }
  }

  private func add(_ group: EntryGroup<Void>, to batch: inout FolderBatch) throws {
    let entries = try group.entries.map { entry in
      GroupedEntry(name: entry.name, kind: entry.kind, body: try batch.open(entry.name, below: walker.root))
    }
    var placed = EntryGroup(key: group.key, entries: entries, imageNames: group.imageNames)
    try join(companionsOf: group, to: &placed, &batch)
    batch.items.append(WorkItem(placed, source: name, naming: naming))
  }
}

extension FolderSource {
  /// Adds the companions of a record's image, where they exist and are nobody else's.
  private func join(
    companionsOf group: EntryGroup<Void>, to placed: inout EntryGroup<BytePlace>, _ batch: inout FolderBatch
  ) throws {
    guard leftovers == nil,
      let main = zip(group.entries, group.imageNames).first(where: { $1 == "image" })?.0.name
    else { return }
    for (name, entry) in companions.places(of: main) {
      let place = try batch.open(entry, below: walker.root)
      guard case .file = place, companions.claim(entry) else { continue }
      placed.entries.append(GroupedEntry(name: entry, kind: .image, body: place))
      placed.imageNames.append(name)
      placed.key = Array(main.stem)
    }
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
  /// Throws when this process has run out of descriptors or memory: that is no fact about the file.
  mutating func open(_ name: EntryName, below root: Int32) throws(WorkerError) -> BytePlace {
    nameBytes += name.path.count + 64
    let file = assay_open_beneath(root, name)
    guard file >= 0 else { return try .unopened(name) }
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
