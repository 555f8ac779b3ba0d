/// Since when a set that is cut into windows of time is another: in which of them the features that moved in all of it move
/// by themselves.
package struct DriftOnset: Sendable {
  /// What one window says.
  package enum State: Sendable, Hashable {
    case moved, still
    /// It has too few records, or nothing of what moved.
    case untold

    /// What its scores come to.
    package init(_ scores: [DriftScore]) {
      let statuses = Set(scores.map(\.status))
      self =
        statuses.contains(.alarm) || statuses.contains(.warn)
        ? .moved : statuses.contains(.pass) ? .still : .untold
    }
  }

  /// Windows by their first second, ascending.
  package let windows: [(start: Int64, state: State)]

  package init(_ windows: [(start: Int64, state: State)]) { self.windows = windows }

  /// The most features that are looked at: each is compared in every window.
  package static let mostFeatures = 8

  /// The features to look at: the strongest of those that alarmed in the whole set, or where none did, that warned.
  package static func features(_ scores: [DriftScore]) -> Set<String> {
    let whole = scores.filter { $0.slice == nil }.sorted(by: DriftEvidence.isStronger)
    let found = [DriftStatus.alarm, .warn].lazy.map { status in whole.filter { $0.status == status } }
    return (found.first { !$0.isEmpty } ?? []).reduce(into: []) { names, score in
      if names.count < mostFeatures { names.insert(score.feature) }
    }
  }

  package var movedCount: Int { windows.count { $0.state == .moved } }
  package var untoldCount: Int { windows.count { $0.state == .untold } }

  /// The first window that moved and after which none stood still; nil where there is none.
  package var first: Int64? {
    let stood = windows.lastIndex { $0.state == .still }.map { $0 + 1 } ?? 0
    return windows[stood...].first { $0.state == .moved }?.start
  }
}

extension DriftOnset {
  /// In a few words: `2026-03-04T00:00:00Z: 4 of 7 windows moved`.
  package var text: String {
    let untold = untoldCount > 0 ? ", \(untoldCount) with too few records to tell" : ""
    let moved = "\(movedCount) of \(windows.count) windows moved\(untold)"
    if let first { return "\(Timestamp(seconds: first)): \(moved)" }
    guard let early = windows.first(where: { $0.state == .moved }) else {
      return "not told: none of \(windows.count) windows moved by itself\(untold)"
    }
    return "not to the end: \(moved), the first from \(Timestamp(seconds: early.start))"
  }
}
