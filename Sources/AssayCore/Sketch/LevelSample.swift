/// Distinct 64-bit items with their counts, all of them up to a limit, then one in 2^level.
///
/// An item is kept at level L if the low L bits of its hash are 0. Every kept item's count is complete, so
/// totals over the sample times 2^level estimate totals over the set, and below the limit they are exact.
/// Two samples under one hash keep the same items, so overlaps can be counted.
///
/// *Merge law*: the level is the smallest at which at most `limit` distinct items remain; it grows with the
/// set, and an item dropped at some level is dropped at every higher one.
package struct LevelSample: Sendable {
  private struct Slot: Sendable {
    var item: UInt64
    var count: Int64
  }

  /// The most items that are kept.
  package static let limit = 16_384

  package private(set) var level = 0
  /// The number of items kept.
  package private(set) var itemCount = 0
  private var slots: [Slot] = []

  package init() {}

  /// Counts `item`, whose hash is `hash`.
  package mutating func observe(_ item: UInt64, hasher: SipHash) {
    add(item, 1, hasher: hasher)
    settle(hasher)
  }

  /// Adds what `other` has observed under the same hash.
  package mutating func merge(_ other: LevelSample, hasher: SipHash) {
    if other.level > level { raiseLevel(to: other.level, hasher) }
    for slot in other.slots where slot.count != 0 { add(slot.item, slot.count, hasher: hasher) }
    settle(hasher)
  }

  /// Whether every distinct item is there.
  package var isExact: Bool { level == 0 }

  /// The number of distinct items: exact at level 0, else an estimate.
  package var distinctEstimate: Double { scaled(Int64(itemCount)) }

  /// The number of items beyond the first of each kind: exact at level 0, else an estimate.
  package var duplicateEstimate: Double {
    scaled(slots.reduce(0) { $1.count > 0 ? $0 + $1.count - 1 : $0 })
  }

  /// The number of distinct items that both sets have: exact if both levels are 0, else an estimate.
  package func overlapEstimate(with other: LevelSample, hasher: SipHash) -> Double {
    let shared = shared(with: other, hasher: hasher)
    return Double(shared.items) * Double(UInt64(1) << UInt64(shared.level))
  }

  /// What is kept of both sets at the higher of their levels: the number of distinct items, and their count in this set.
  package func shared(with other: LevelSample, hasher: SipHash) -> (items: Int, count: Int64, level: Int) {
    let highest = max(level, other.level)
    var (items, count): (Int, Int64) = (0, 0)
    for slot in slots where slot.count != 0 {
      guard Self.isKept(slot.item, highest, hasher), other.contains(slot.item) else { continue }
      items += 1
      count &+= slot.count
    }
    return (items, count, highest)
  }

  /// Items and their counts, ascending by item.
  package var items: [(item: UInt64, count: Int64)] {
    slots.filter { $0.count != 0 }.sorted { $0.item < $1.item }.map { ($0.item, $0.count) }
  }

  private func scaled(_ value: Int64) -> Double { Double(value) * Double(UInt64(1) << UInt64(level)) }

  private func contains(_ item: UInt64) -> Bool {
    slots.isEmpty ? false : slots[find(item)].count != 0
  }

  private static func isKept(_ item: UInt64, _ level: Int, _ hasher: SipHash) -> Bool {
    level == 0 || hasher.hash(word: item) & (1 << UInt64(level) - 1) == 0
  }

  /// The slot of `item`, or the empty one it would go to.
  private func find(_ item: UInt64) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: (item &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while slots[index].count != 0, slots[index].item != item { index = (index + 1) & mask }
    return index
  }

  private mutating func add(_ item: UInt64, _ count: Int64, hasher: SipHash) {
    guard Self.isKept(item, level, hasher) else { return }
    if 2 * itemCount >= slots.count { rebuild(count: max(8, 2 * slots.count), keeping: { _ in true }) }
    let index = find(item)
    if slots[index].count == 0 { itemCount += 1 }
    slots[index] = Slot(item: item, count: slots[index].count &+ count)
  }

  private mutating func settle(_ hasher: SipHash) {
    while itemCount > Self.limit { raiseLevel(to: level + 1, hasher) }
  }

  private mutating func raiseLevel(to target: Int, _ hasher: SipHash) {
    level = target
    rebuild(count: slots.count, keeping: { Self.isKept($0, target, hasher) })
  }

  private mutating func rebuild(count: Int, keeping isKept: (UInt64) -> Bool) {
    let old = slots
    slots = Array(repeating: Slot(item: 0, count: 0), count: count)
    itemCount = 0
    for slot in old where slot.count != 0 && isKept(slot.item) {
      slots[find(slot.item)] = slot
      itemCount += 1
    }
  }
}

extension LevelSample {
  /// Writes level, items and counts; items take eight bytes each, ascending, counts are varints.
  package func encode(to writer: inout JSONWriter) {
    var bytes = ByteWriter()
    let items = items
    for entry in items { bytes.fixed(entry.item) }
    writer.beginObject()
    writer.count("level", Int64(level))
    writer.base64("items", bytes.bytes)
    writer.dense("extra", items.map { $0.count - 1 })
    writer.endObject()
  }

  /// Reads what `encode` wrote.
  package init(from reader: inout JSONReader, hasher: SipHash) throws(JSONError) {
    var members = try JSONMembers(&reader)
    level = Int(try members.count("level", &reader, upTo: 50))
    let bytes = try members.base64("items", &reader)
    guard bytes.count.isMultiple(of: 8), bytes.count / 8 <= Self.limit else {
      throw reader.error("odd items")
    }
    let items = bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
      }
    }
    let extra = try members.dense("extra", &reader, count: items.count)
    guard zip(items, items.dropFirst()).allSatisfy({ $0 < $1 }) else { throw reader.error("unsorted items") }
    let level = level
    guard items.allSatisfy({ Self.isKept($0, level, hasher) }) else {
      throw reader.error("an item that is not of level \(level)")
    }
    for (item, count) in zip(items, extra) { add(item, count + 1, hasher: hasher) }
    try members.end(&reader)
  }
}
