/// Elements by name, at most `limit` of them: those whose names have the smallest hashes.
///
/// A name that is among the smallest of all names is among the smallest of any part of them, so its element
/// is never dropped on the way and is complete. What becomes of the others is the owner's choice.
///
/// *Merge law*: the names kept are a function of the set of names; an element's law is its own.
package struct SmallestKeys<Element: Sendable>: Sendable {
  private struct Entry: Sendable {
    var name: ExactText
    var hash: UInt64
    var element: Element

    func isBefore(_ hash: UInt64, _ name: ExactText) -> Bool { (self.hash, self.name) < (hash, name) }
  }

  /// The longest name that is kept, in bytes.
  package static var maximumNameByteCount: Int { 256 }

  private let limit: Int
  private var entries: [Entry] = []
  private var indexes: [ExactText: Int] = [:]
  /// The entry with the largest hash, once there are `limit` of them.
  private var largest: Int?

  package init(limit: Int) { self.limit = limit }

  /// The number of elements kept.
  package var count: Int { entries.count }

  /// Names and elements, ascending by the names' bytes.
  package var sorted: [(name: String, element: Element)] {
    entries.sorted { $0.name < $1.name }.map { ($0.name.text, $0.element) }
  }

  /// Elements in no order.
  package var elements: [Element] { entries.map(\.element) }

  /// The element of that name.
  package subscript(name: String) -> Element? { indexes[ExactText(name)].map { entries[$0].element } }

  /// Changes the element of that name, made by `make` if it is new; false if the name is not to be kept.
  ///
  /// `hint` is where the name was found last time in a similar place. `evict` takes the element that has to
  /// go.
  @inline(__always)
  mutating func update(
    _ name: String, hint: Int = 0, hasher: SipHash, make: () -> Element, evict: (Element) -> Void = { _ in },
    _ change: (inout Element) throws -> Void
  ) rethrows -> Bool {
    if hint < entries.count, ExactText.areEqual(entries[hint].name.text, name) {
      try change(&entries[hint].element)
      return true
    }
    guard let index = index(ExactText(name), hasher, make, evict) else { return false }
    try change(&entries[index].element)
    return true
  }

  /// The index of `name`, which is inserted if it is to be kept.
  private mutating func index(
    _ name: ExactText, _ hasher: SipHash, _ make: () -> Element, _ evict: (Element) -> Void
  ) -> Int? {
    if let index = indexes[name] { return index }
    guard name.text.utf8.count <= Self.maximumNameByteCount else { return nil }
    let entry = Entry(name: name, hash: hasher.hash(text: name.text), element: make())
    guard entries.count >= limit else {
      entries.append(entry)
      indexes[name] = entries.count - 1
      return entries.count - 1
    }
    let place = largest ?? indexOfLargest()
    largest = place
    guard !entries[place].isBefore(entry.hash, name) else { return nil }
    evict(entries[place].element)
    indexes[entries[place].name] = nil
    entries[place] = entry
    indexes[name] = place
    largest = nil
    return place
  }

  private func indexOfLargest() -> Int {
    entries.indices.max { entries[$0].isBefore(entries[$1].hash, entries[$1].name) } ?? 0
  }

  /// Adds the elements of `other`; `evict` takes those of names that are not kept.
  mutating func merge(
    _ other: SmallestKeys, hasher: SipHash, make: () -> Element, evict: (Element) -> Void = { _ in },
    _ merge: (inout Element, Element) -> Void
  ) {
    for entry in other.entries {
      let isKept = update(entry.name.text, hasher: hasher, make: make, evict: evict) {
        merge(&$0, entry.element)
      }
      if !isKept { evict(entry.element) }
    }
  }
}

extension SmallestKeys {
  /// Writes an object of the elements by name, ascending.
  func encode(to writer: inout JSONWriter, _ write: (inout JSONWriter, Element) -> Void) {
    writer.beginObject()
    for entry in sorted {
      writer.name(entry.name, onNewLine: !(Element.self == Int64.self))
      write(&writer, entry.element)
    }
    writer.endObject()
  }

  /// Reads what `encode` wrote.
  init(
    from reader: inout JSONReader, limit: Int, hasher: SipHash,
    _ read: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) {
    self.init(limit: limit)
    try reader.beginObject()
    while let name = try reader.nextName() {
      if let last = entries.last, !(last.name < ExactText(name)) { throw reader.error("unsorted names") }
      let element = try read(&reader)
      guard entries.count < limit, name.utf8.count <= Self.maximumNameByteCount else {
        throw reader.error("expected at most \(limit) names of \(Self.maximumNameByteCount) bytes")
      }
      _ = update(name, hint: .max, hasher: hasher, make: { element }, { _ in })
    }
  }
}

extension SmallestKeys<Int64> {
  /// Counts `name`.
  mutating func count(_ name: String, hasher: SipHash) {
    _ = update(name, hasher: hasher, make: { 0 }, { $0 &+= 1 })
  }

  /// Adds the counts of `other`.
  mutating func merge(_ other: SmallestKeys, hasher: SipHash) {
    merge(other, hasher: hasher, make: { 0 }, { $0 &+= $1 })
  }

  /// Writes an object of counts.
  func encode(to writer: inout JSONWriter) { encode(to: &writer) { $0.exactInteger($1) } }

  /// Reads an object of counts.
  init(from reader: inout JSONReader, limit: Int, hasher: SipHash) throws(JSONError) {
    try self.init(from: &reader, limit: limit, hasher: hasher) { (reader) throws(JSONError) in
      try reader.exactInteger(in: 1...JSONMembers.maximumCount)
    }
  }
}
