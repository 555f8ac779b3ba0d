/// Counts by a small integer key: an open-addressed table whose content does not depend on the order of additions.
struct CountTable: Sendable {
  private struct Slot: Sendable {
    var key: Int32
    var count: Int64
  }

  /// The key of an empty slot; no caller uses it.
  private static let empty = Int32.min

  private var slots: [Slot] = []
  /// The number of distinct keys.
  private(set) var count = 0

  init() {}

  /// Adds `amount` to the count of `key`.
  @inline(__always)
  mutating func add(_ key: Int32, _ amount: Int64 = 1) {
    if 2 * count >= slots.count { grow() }
    let isNew = slots.withUnsafeMutableBufferPointer { slots in
      let mask = slots.count &- 1
      var index = Self.start(key, mask)
      while slots[index].key != key {
        if slots[index].key == Self.empty {
          slots[index] = Slot(key: key, count: amount)
          return true
        }
        index = (index &+ 1) & mask
      }
      slots[index].count &+= amount
      return false
    }
    if isNew { count += 1 }
  }

  /// Adds every count of `other`.
  mutating func merge(_ other: CountTable) {
    for slot in other.slots where slot.key != Self.empty { add(slot.key, slot.count) }
  }

  /// Calls `body` with every key and its count, in no order.
  func forEach(_ body: (Int32, Int64) -> Void) {
    for slot in slots where slot.key != Self.empty { body(slot.key, slot.count) }
  }

  /// Keys and counts, ascending by key.
  var sorted: [(key: Int32, count: Int64)] {
    var entries: [(key: Int32, count: Int64)] = []
    entries.reserveCapacity(count)
    forEach { entries.append(($0, $1)) }
    entries.sort { $0.key < $1.key }
    return entries
  }

  /// The table whose keys are these keys under `transform`, counts of equal ones added.
  func mapKeys(_ transform: (Int32) -> Int32) -> CountTable {
    var result = CountTable()
    forEach { result.add(transform($0), $1) }
    return result
  }

  @inline(__always)
  private static func start(_ key: Int32, _ mask: Int) -> Int {
    let mixed = UInt32(bitPattern: key) &* 0x9E37_79B1
    return Int(mixed >> 16 ^ mixed) & mask
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(key: Self.empty, count: 0), count: max(8, 2 * old.count))
    count = 0
    for slot in old where slot.key != Self.empty { add(slot.key, slot.count) }
  }
}
