import AssayChannel
import AssayIngest

/// Holds what a reader says against what can be, before anything is added up.
enum ReaderAnswer {
  /// More members than any container has; sums of such numbers are far from overflow.
  private static let most = 1 << 40

  /// Throws unless these numbers can be the end of a source of which so many items arrived.
  static func check(_ end: SourceEnd, arrived: Int) throws(ProtocolError) {
    let counts = end.counts
    for number in [
      counts.members, counts.directories, counts.ignored, counts.other, counts.failed, end.entries,
    ] where !(0...most).contains(number) {
      throw ProtocolError("it counted \(number) members")
    }
    guard end.items == arrived else {
      throw ProtocolError("it handed out \(end.items) records, \(arrived) arrived")
    }
  }

  /// Throws if that many items are more than one message brings.
  static func check(itemCount: Int) throws(ProtocolError) {
    guard itemCount <= 2 * WorkBatch.mostItems else {
      throw ProtocolError("\(itemCount) records in one message")
    }
  }

  /// Throws unless a row can be where it is said to be.
  static func check(_ row: ManifestScanner.Row) throws(ProtocolError) {
    guard row.offset >= 0, row.count <= ManifestScanner.mostRowBytes, row.number <= most else {
      throw ProtocolError("a row of \(row.count) bytes at byte \(row.offset)")
    }
  }
}
