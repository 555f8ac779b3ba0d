/// One member that waits for the rest of its record.
package struct GroupedEntry<Body: Sendable>: Sendable {
  package var name: EntryName
  package var kind: EntryKind
  package var body: Body

  package init(name: EntryName, kind: EntryKind, body: Body) {
    self.name = name
    self.kind = kind
    self.body = body
  }
}

/// Members that belong together under one key: the default image first, then by path.
package struct EntryGroup<Body: Sendable>: Sendable {
  /// The path without the extension, when several members joined; the whole path of a single one.
  package var key: [UInt8]
  package var entries: [GroupedEntry<Body>]
  /// Image names in the order of `entries`; nil where the entry is a sidecar.
  package var imageNames: [String?]

  package init(key: [UInt8], entries: [GroupedEntry<Body>], imageNames: [String?]) {
    self.key = key
    self.entries = entries
    self.imageNames = imageNames
  }
}

/// Joins neighbouring members into records: `000123.jpg`, `000123.mask.png`, `000123.json`.
///
/// Only neighbours join, so that a stream needs no memory of what went by: sorted folders and WebDataset shards
/// keep a key's members together. What sorts between two of them is their neighbour too: `000123.k.png` comes between
/// `000123.jpg` and `000123.mask.png` and parts them no more than a member of their own would. A sidecar without an
/// image, and images that only share a stem (`a.jpg`, `a.png`, or `cat.1.jpg` and `cat.2.jpg`), stay records of their
/// own. Records come in the order of their first members.
package struct RecordGrouper<Body: Sendable>: Sendable {
  /// Members that may still belong to one record.
  private struct Waiting {
    var stem: [UInt8]
    var entries: [GroupedEntry<Body>] = []
    var isClosed = false

    /// Whether a member with that stem can come between two of these.
    func spans(_ other: [UInt8]) -> Bool {
      other == stem || (other.starts(with: stem) && other.dropFirst(stem.count).first == UInt8(ascii: "."))
    }
  }

  /// Names that a second image of a record may carry before its extension, `mask` among them.
  private let secondNames: [String]
  /// In the order of their first members; the first is open.
  private var waiting: [Waiting] = []
  private var announced: [UInt8] = []

  package init(secondNames: [String] = ["mask"]) { self.secondNames = secondNames }

  /// Whether members wait for others of their record.
  package var isWaiting: Bool { !waiting.isEmpty }

  /// Whether a member of that name would wait beside members of other records.
  package func isInterposed(_ name: EntryName, _ kind: EntryKind) -> Bool {
    let stem = recordStem(name, kind)
    return waiting.contains { !$0.isClosed && $0.spans(stem) && $0.stem != stem }
  }

  /// Gives the records that are complete once a member of that name comes next: call it before the member's bytes
  /// are read.
  package mutating func release(before name: EntryName, _ kind: EntryKind) -> [EntryGroup<Body>] {
    announced = recordStem(name, kind)
    if memberCount >= Self.mostMembers || nameBytes >= Self.mostNameBytes { return finish() }
    for index in waiting.indices where !waiting[index].spans(announced) { waiting[index].isClosed = true }
    return releaseClosed()
  }

  /// Takes the member that was announced to `release(before:_:)`.
  package mutating func append(_ entry: GroupedEntry<Body>) {
    if let index = waiting.lastIndex(where: { !$0.isClosed && $0.stem == announced }) {
      waiting[index].entries.append(entry)
    } else {
      waiting.append(Waiting(stem: announced, entries: [entry]))
    }
  }

  /// Gives what still waits, at the end of the source.
  package mutating func finish() -> [EntryGroup<Body>] {
    for index in waiting.indices { waiting[index].isClosed = true }
    return releaseClosed()
  }

  /// What no open record stands before.
  private mutating func releaseClosed() -> [EntryGroup<Body>] {
    let done = waiting.prefix { $0.isClosed }
    waiting.removeFirst(done.count)
    return done.flatMap(groups)
  }

  private func groups(_ waiting: Waiting) -> [EntryGroup<Body>] {
    let entries = waiting.entries
    let plainImages = entries.filter { isPlainImage($0) }
    guard entries.count > 1, plainImages.count == 1, entries.count > plainImages.count else {
      return entries.map(single)
    }
    let joined = entries.filter(joins).sorted(by: precedes)
    let others = entries.filter { !joins($0) }.map(single)
    guard joined.count > 1 else { return entries.map(single) }
    return [EntryGroup(key: waiting.stem, entries: joined, imageNames: joined.map(imageName))] + others
  }

  private var memberCount: Int { waiting.reduce(0) { $0 + $1.entries.count } }

  private var nameBytes: Int {
    waiting.reduce(0) { sum, waiting in sum + waiting.entries.reduce(0) { $0 + $1.name.path.count } }
  }

  /// Bytes of names that are enough for one record: it has to fit into a message.
  private static var mostNameBytes: Int { 16 << 10 }

  /// The most members that wait: a bound on what a hostile archive can make us hold.
  private static var mostMembers: Int { 64 }

  private func single(_ entry: GroupedEntry<Body>) -> EntryGroup<Body> {
    EntryGroup(key: entry.name.path, entries: [entry], imageNames: ["image"])
  }

  private func joins(_ entry: GroupedEntry<Body>) -> Bool {
    switch entry.kind {
    case .image, .sidecar: true
    case .ignored, .unknown: false
    }
  }

  private func isPlainImage(_ entry: GroupedEntry<Body>) -> Bool {
    entry.kind == .image && entry.name.secondName(among: secondNames) == nil
  }

  /// Whatever order a container has them in: the default image stands for the record, and of two sidecars the later
  /// one overrides the earlier.
  private func precedes(_ left: GroupedEntry<Body>, _ right: GroupedEntry<Body>) -> Bool {
    let (isLeftPlain, isRightPlain) = (isPlainImage(left), isPlainImage(right))
    if isLeftPlain != isRightPlain { return isLeftPlain }
    return left.name.path.lexicographicallyPrecedes(right.name.path)
  }

  private func imageName(_ entry: GroupedEntry<Body>) -> String? {
    guard entry.kind == .image else { return nil }
    return entry.name.secondName(among: secondNames) ?? "image"
  }

  private func recordStem(_ name: EntryName, _ kind: EntryKind) -> [UInt8] {
    name.recordStem(among: kind == .image ? secondNames : [])
  }
}
