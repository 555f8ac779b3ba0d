/// How many bytes arenas may hold, so that the bytes in flight have one bound for a whole run.
///
/// Every arena may hold a little without asking. What a reader needs beyond that comes out of one reserve, which it asks
/// the coordinator for and waits for: `arenas x standing + reserve` bytes, whatever the number of workers and sources.
package enum ArenaBudget {
  /// Bytes that an arena may hold without asking.
  package static let standing = 4 << 20
  /// The reserve of a run, unless a single record may need more: with the most arenas there can be, 1 GiB in all.
  package static let standardReserve = 512 << 20

  /// The most that one arena can need: a record of the largest members, behind smaller ones.
  package static func mostBytes(_ limits: RecordLimits) -> Int {
    limits.memberBytes + WorkBatch.enoughBytes + 64 << 10
  }
}
