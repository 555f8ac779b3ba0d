import AssayCore

/// Matches the records of two sides that were read: one walk over both indexes, in the order of the digests, so that
/// nothing depends on the order in which records came.
struct SkewMatching {
  private let join: SkewJoin
  private(set) var tallies: SkewTallies
  private(set) var reference: SkewSide.Counts
  private(set) var current: SkewSide.Counts
  /// What unmatched records are to be matched by: of the smallest digests.
  private(set) var unmatchedReference: [String] = []
  private(set) var unmatchedCurrent: [String] = []

  /// The most unmatched records of a side that are named.
  private static let mostUnmatched = 3

  /// Matches all records. Throws where a temporary file cannot be read.
  init(_ join: SkewJoin, _ reference: SkewSide, _ current: SkewSide, _ tallies: SkewTallies) throws {
    self.join = join
    self.tallies = tallies
    self.reference = reference.counts
    self.current = current.counts
    try reference.withRows { left in
      try current.withRows { right in
        for bucket in 0..<JoinTable.bucketCount {
          try match(reference.table.sorted(bucket), left, current.table.sorted(bucket), right)
        }
      }
    }
  }

  private typealias Entries = ContiguousArray<JoinTable.Entry>

  private mutating func match(
    _ left: Entries, _ leftRows: SkewRows, _ right: Entries, _ rightRows: SkewRows
  ) throws(WireError) {
    var (here, there) = (left[...], right[...])
    while let next = Self.first(here, there) {
      let (mine, theirs) = (Self.take(next, &here), Self.take(next, &there))
      switch (mine.count, theirs.count) {
      case (1, 1):
        try compare(
          leftRows.row(at: mine[mine.startIndex].place), rightRows.row(at: theirs[theirs.startIndex].place))
      case (1, 0):
        reference.unmatched += 1
        try note(mine[mine.startIndex], leftRows, &unmatchedReference)
      case (0, 1):
        current.unmatched += 1
        try note(theirs[theirs.startIndex], rightRows, &unmatchedCurrent)
      default:
        reference.duplicates += mine.count
        current.duplicates += theirs.count
      }
    }
  }

  private mutating func compare(_ left: Observation, _ right: Observation) {
    reference.matched += 1
    current.matched += 1
    tallies.observe(left, right, join: join.text(of: left) ?? "")
  }

  private func note(_ entry: JoinTable.Entry, _ rows: SkewRows, _ names: inout [String]) throws(WireError) {
    guard names.count < Self.mostUnmatched else { return }
    names.append(join.text(of: try rows.row(at: entry.place)) ?? "")
  }

  /// The entry with the smaller value of the two that are next; nil at the end of both.
  private static func first(_ left: Entries.SubSequence, _ right: Entries.SubSequence) -> JoinTable.Entry? {
    guard let mine = left.first, let theirs = right.first else { return left.first ?? right.first }
    return theirs.precedes(mine) ? theirs : mine
  }

  /// Takes all entries of that value off the front.
  private static func take(
    _ entry: JoinTable.Entry, _ entries: inout Entries.SubSequence
  ) -> Entries.SubSequence {
    let count = entries.prefix { $0.isOfSameValue(as: entry) }.count
    defer { entries = entries.dropFirst(count) }
    return entries.prefix(count)
  }
}
