import AssayCore
import AssayIngest

/// The further images of a folder that are not neighbours of their records: each is claimed by one record, and those
/// that nobody claims become records of their own at the end.
struct CompanionImages {
  private let patterns: [ImagePattern]
  private var claimed: Set<Digest128> = []
  /// Images that were met and wait to be claimed, or have been.
  private(set) var metCount = 0

  init(_ patterns: [ImagePattern]) { self.patterns = patterns }

  /// Whether some were met that no record has claimed.
  var leavesAny: Bool { metCount > claimed.count }

  /// Notes a member that is such an image; false if it is none.
  mutating func meet(_ entry: EntryName) -> Bool {
    guard patterns.contains(where: { $0.matches(entry) }) else { return false }
    metCount += 1
    return true
  }

  /// Where the companions of an image would be, with their names.
  func places(of main: EntryName) -> [(name: String, entry: EntryName)] {
    patterns.map { ($0.name, $0.companion(of: main)) }
  }

  /// Claims a companion that exists; false if another record has it.
  mutating func claim(_ entry: EntryName) -> Bool { claimed.insert(Digest128(key: entry.path)).inserted }

  /// The name of a companion that nobody claimed; nil if somebody did, or if it is none.
  func unclaimedName(_ entry: EntryName) -> String? {
    guard let pattern = patterns.first(where: { $0.matches(entry) }) else { return nil }
    return claimed.contains(Digest128(key: entry.path)) ? nil : pattern.name
  }
}
