import AssayCore
import AssayIngest

/// Finds what the order of a container's members hides: sidecars and second images whose record is elsewhere, and paths
/// that occur twice.
///
/// Members join only as neighbours. What is apart from its image is lost to its record, and that has to be said.
///
/// *Memory*: one digest for each record, and at most `LoneMembers.mostBytes`.
final class MemberIndex {
  private let source: String
  private let secondNames: [String]
  /// Paths of records' default images. A second image needs none: its record or the image it looks like tells of it.
  private var images: ExactSet<Digest80>?
  /// Extensions of images as they are written here, with what makes them an image's by name.
  private var spellings: Set<[UInt8]> = []
  private var lone = LoneMembers()
  private var splits = RemarkCount(kind: RemarkKind(.splitKey))
  private var duplicates = RemarkCount(kind: RemarkKind(.duplicateMember))
  private let classifier = EntryClassifier()

  /// Nothing met yet of that source; it shares `memory` with other indexes.
  init(_ source: String, secondNames: [String], _ memory: IndexMemory) throws(OutputError) {
    self.source = source
    self.secondNames = secondNames
    images = try ExactSet(memory)
  }

  /// Takes a record that came out of the container. `isKnownKey` if it is said already that its key came before.
  func add(record item: WorkItem, isKnownKey: Bool) throws(OutputError) {
    guard let images, let path = item.parts.first?.member else { return }
    if try !images.insert(Digest80(key: path)), !isKnownKey { note(duplicate: path) }
    for repeated in item.repeatedMembers { note(duplicate: repeated) }
    let name = EntryName(path)
    guard classifier.kind(of: name) == .image else { return }
    if spellings.count < Self.mostSpellings { spellings.insert(name.writtenExtension) }
    if item.parts.count == 1, name.secondName(among: secondNames) != nil { keep(name) }
  }

  /// Takes a member that is no image and stood alone.
  func add(single item: WorkItem) {
    guard let member = item.parts.first?.member, case .sidecar = classifier.kind(of: EntryName(member)) else {
      return
    }
    keep(EntryName(member))
  }

  /// More spellings of extensions than an honest container has.
  private static let mostSpellings = 128

  /// Keeps a lone member until all images are known; one too many is looked for among those that came already.
  private func keep(_ name: EntryName) {
    if !lone.append(name.path) { judge(name) }
  }

  /// What was found, once the container has ended.
  func finish() -> [RemarkCount] {
    var sidecars: Set<Digest80> = []
    lone.forEach { path in
      let name = EntryName(path)
      judge(name)
      if case .sidecar = classifier.kind(of: name), !sidecars.insert(Digest80(key: path)).inserted {
        note(duplicate: path)
      }
    }
    (lone, images) = (LoneMembers(), nil)
    return [splits, duplicates].filter { $0.count > 0 }
  }

  /// Notes a lone member whose image is there.
  private func judge(_ name: EntryName) {
    let stem = name.recordStem(among: classifier.kind(of: name) == .image ? secondNames : [])
    for spelling in spellings {
      let image = stem + [UInt8(ascii: ".")] + spelling
      guard images?.member(equalTo: Digest80(key: image)) != nil else { continue }
      let found = "it stands alone, and its image \(EntryName(image).display) is in the container too"
      return splits.add(found, Locator(source: source, member: name.display))
    }
  }

  private func note(duplicate path: [UInt8]) {
    duplicates.add("it is in the container twice", Locator(source: source, member: EntryName(path).display))
  }
}

/// Paths of members that may belong to a record which was elsewhere, end to end.
private struct LoneMembers {
  /// More is not kept: names of about a million members.
  static let mostBytes = 64 << 20
  private var bytes: [UInt8] = []
  private var ends: [Int32] = []

  /// False if there is no room.
  mutating func append(_ path: [UInt8]) -> Bool {
    guard bytes.count + path.count + (ends.count + 1) * 4 <= Self.mostBytes else { return false }
    bytes += path
    ends.append(Int32(bytes.count))
    return true
  }

  func forEach(_ body: ([UInt8]) -> Void) {
    var start = 0
    for end in ends {
      body(Array(bytes[start..<Int(end)]))
      start = Int(end)
    }
  }
}

extension RemarkKind {
  fileprivate init(_ code: ReadingCode) {
    self.init(code: code.rawValue, severity: .warn, subject: "record")
  }
}

extension WorkItem {
  /// Members that are twice among its own: of neighbours with one path both join.
  fileprivate var repeatedMembers: [[UInt8]] {
    guard parts.count > 2 else { return [] }
    var met: Set<[UInt8]> = []
    return parts.map(\.member).filter { !met.insert($0).inserted }
  }
}
