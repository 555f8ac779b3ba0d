package import AssayCore

/// What an exact set can hold: trivial, uniformly distributed, ordered by its leading bits.
package protocol SetElement: Comparable, BitwiseCopyable {
  /// What marks a free slot.
  static var zero: Self { get }
  /// The leading 64 bits: elements are ordered by them first.
  var prefix: UInt64 { get }
}

extension Digest80: SetElement {
  package static var zero: Digest80 { Digest80(high: 0, low: 0) }
}

extension UInt64: SetElement {
  package var prefix: UInt64 { self }
}

/// An exact set in at most 1.24 times the bytes of its elements: in the run's memory up to its limit, then in an
/// unlinked temporary file. Digests take at most 12.4 bytes each.
///
/// Open addressing with linear probing over one room that grows by a twelfth once it is seven eighths full: a look at an
/// element that is not there takes a score of steps, at 94 % it took a hundred. An
/// element is its own hash. *Complexity*: O(1) an insertion, O(n) when it grows.
package final class ExactSet<Element: SetElement> {
  private var room: IndexRoom
  private var slots: UnsafeMutableBufferPointer<Element>
  private let memory: IndexMemory
  /// The element that equals zero, which marks a free slot, where it is in the set.
  private var zero: Element?
  private var storedCount = 0

  /// The number of elements.
  package var count: Int { storedCount + (zero == nil ? 0 : 1) }

  /// An empty set that shares `memory` with others.
  package init(_ memory: IndexMemory) throws(OutputError) {
    self.memory = memory
    room = try IndexRoom(4096 * MemoryLayout<Element>.stride, memory)
    slots = room.elements(of: Element.self)
  }

  /// Adds an element; false if it was there already.
  package func insert(_ element: Element) throws(OutputError) -> Bool { try update(with: element) == nil }

  /// Adds an element in place of an equal one, and gives that.
  package func update(with element: Element) throws(OutputError) -> Element? {
    if Self.isFree(element) {
      defer { zero = element }
      return zero
    }
    if storedCount * 8 >= slots.count * 7 { try grow() }
    let slot = Self.slot(of: element, in: slots)
    defer { slots[slot] = element }
    if !Self.isFree(slots[slot]) { return slots[slot] }
    storedCount += 1
    return nil
  }

  /// The element of the set that equals this one.
  package func member(equalTo element: Element) -> Element? {
    if Self.isFree(element) { return zero }
    let found = slots[Self.slot(of: element, in: slots)]
    return Self.isFree(found) ? nil : found
  }

  /// The slot an element would have if no other were there. Ascending with the elements.
  private static func home(of element: Element, among count: Int) -> Int {
    // The leading bits scaled to the capacity: no division, and any capacity will do.
    Int(element.prefix.multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Whether a slot with that in it is free. `==` is the last question: in a generic type it is a call.
  private static func isFree(_ element: Element) -> Bool { element.prefix == 0 && element == .zero }

  /// The slot that holds the element, or the free one where it belongs.
  private static func slot(of element: Element, in slots: UnsafeMutableBufferPointer<Element>) -> Int {
    let prefix = element.prefix
    var index = home(of: element, among: slots.count)
    while true {
      // Nearly every element on the way differs in its leading bits already.
      let other = slots[index].prefix
      if other == prefix, slots[index] == element { break }
      if isFree(slots[index]) { break }
      index = index + 1 == slots.count ? 0 : index + 1
    }
    return index
  }

  private func grow() throws(OutputError) {
    let larger = try IndexRoom((slots.count + slots.count / 12) * MemoryLayout<Element>.stride, memory)
    let next = larger.elements(of: Element.self)
    for element in slots where !Self.isFree(element) { next[Self.slot(of: element, in: next)] = element }
    (room, slots) = (larger, next)
  }

  /// Gives all elements ascending, a run at a time.
  ///
  /// Homes ascend with the elements and no element is beyond a free slot behind its home: so runs between free slots
  /// are in order, and only what is inside a run has to be sorted.
  package func forEachRun(_ body: ([Element]) throws(OutputError) -> Void) throws(OutputError) {
    if let zero { try body([zero]) }
    // There is always a free slot.
    var start = slots.firstIndex(where: Self.isFree) ?? 0
    let head = slots[..<start]
    // The first run may hold elements that went past the end.
    let wrapped = head.filter { Self.home(of: $0, among: slots.count) >= start }
    try body(head.filter { Self.home(of: $0, among: slots.count) < start }.sorted())
    while start < slots.count {
      let first = slots[start...].firstIndex { !Self.isFree($0) } ?? slots.count
      let end = slots[first...].firstIndex(where: Self.isFree) ?? slots.count
      try body((Array(slots[first..<end]) + (end == slots.count ? wrapped : [])).sorted())
      start = end
    }
  }
}
