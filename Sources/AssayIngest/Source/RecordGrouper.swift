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

/// Members that belong together under one key, in source order.
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
/// keep a key's members together. A sidecar without an image, and images that only share a stem (`a.jpg`,
/// `a.png`, or `cat.1.jpg` and `cat.2.jpg`), stay records of their own.
package struct RecordGrouper<Body: Sendable>: Sendable {
  /// Names that a second image of a record may carry before its extension, `mask` among them.
  private let secondNames: [String]
  private var stem: [UInt8] = []
  private var waiting: [GroupedEntry<Body>] = []

  package init(secondNames: [String] = ["mask"]) { self.secondNames = secondNames }

  /// Gives the records that are complete once a member of that name comes next: call it before the member's bytes
  /// are read, so that nothing waits while a batch is sent away.
  package mutating func release(before name: EntryName, _ kind: EntryKind) -> [EntryGroup<Body>] {
    let nextStem = recordStem(name, kind)
    if nextStem == stem, waiting.count < Self.mostMembers, nameBytes < Self.mostNameBytes { return [] }
    let done = finish()
    stem = nextStem
    return done
  }

  /// Takes the member that was announced to `release(before:_:)`.
  package mutating func append(_ entry: GroupedEntry<Body>) { waiting.append(entry) }

  /// Gives what still waits, at the end of the source.
  package mutating func finish() -> [EntryGroup<Body>] {
    defer { waiting = [] }
    let plainImages = waiting.filter { isPlainImage($0) }
    guard waiting.count > 1, plainImages.count == 1, waiting.count > plainImages.count else {
      return waiting.map(single)
    }
    let joined = waiting.filter(joins)
    let others = waiting.filter { !joins($0) }.map(single)
    guard joined.count > 1 else { return waiting.map(single) }
    return [EntryGroup(key: stem, entries: joined, imageNames: joined.map(imageName))] + others
  }

  private var nameBytes: Int { waiting.reduce(0) { $0 + $1.name.path.count } }

  /// Bytes of names that are enough for one record: it has to fit into a message.
  private static var mostNameBytes: Int { 16 << 10 }

  /// The most members one record can have: a bound on what a hostile archive can make us hold.
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
    entry.kind == .image && secondName(of: entry.name) == nil
  }

  private func imageName(_ entry: GroupedEntry<Body>) -> String? {
    guard entry.kind == .image else { return nil }
    return secondName(of: entry.name) ?? "image"
  }

  private func recordStem(_ name: EntryName, _ kind: EntryKind) -> [UInt8] {
    let stem = name.stem
    guard kind == .image, let second = secondName(of: name) else { return Array(stem) }
    return Array(stem.dropLast(second.utf8.count + 1))
  }

  private func secondName(of name: EntryName) -> String? {
    secondNames.first { second in
      name.stem.suffix(second.utf8.count + 1).elementsEqual(".\(second)".utf8)
    }
  }
}
