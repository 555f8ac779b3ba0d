import AssayCore

/// Where the records of one side are, by the digest of what they are matched by.
///
/// *Memory*: 24 bytes a record and at most a quarter of that in reserve, all of it in the run's memory: a join in a file
/// would be as slow as one without an index. *Complexity*: O(1) an insertion, O(n log n) once when it is read.
final class JoinTable {
  /// A record's digest and its place.
  struct Entry: Comparable {
    let high: UInt64
    let low: UInt64
    let place: UInt64

    init(_ digest: Digest128, at place: Int) {
      (high, low) = digest.words
      self.place = UInt64(place)
    }

    /// Whether both are of one value.
    func isOfSameValue(as other: Entry) -> Bool { high == other.high && low == other.low }

    /// Whether its value is in front of the other's.
    func precedes(_ other: Entry) -> Bool { (high, low) < (other.high, other.low) }

    static func < (left: Entry, right: Entry) -> Bool {
      (left.high, left.low, left.place) < (right.high, right.low, right.place)
    }
  }

  /// By the leading byte of the digest: when one grows, no more than a 256th of the table is there twice.
  private var buckets = [ContiguousArray<Entry>](repeating: [], count: bucketCount)
  private var reserved = [Int](repeating: 0, count: bucketCount)
  private let memory: IndexMemory

  static let bucketCount = 256

  init(_ memory: IndexMemory) { self.memory = memory }

  /// Adds a record; false if there is no memory for it.
  func add(_ digest: Digest128, at place: Int) -> Bool {
    let entry = Entry(digest, at: place)
    let bucket = Int(entry.high >> 56)
    if buckets[bucket].count == reserved[bucket], !grow(bucket) { return false }
    buckets[bucket].append(entry)
    return true
  }

  private func grow(_ bucket: Int) -> Bool {
    let more = max(8, reserved[bucket] / 4)
    guard memory.take(more * MemoryLayout<Entry>.stride) else { return false }
    reserved[bucket] += more
    buckets[bucket].reserveCapacity(reserved[bucket])
    return true
  }

  /// The entries whose digests begin with that byte, ascending.
  func sorted(_ bucket: Int) -> ContiguousArray<Entry> {
    buckets[bucket].sort()
    return buckets[bucket]
  }
}
