/// Elements by name, at most `limit` of them: those whose names have the smallest hashes.
///
/// A name that is among the smallest of all names is among the smallest of any part of them, so its element
/// is never dropped on the way and is complete. What becomes of the others is the owner's choice.
///
/// *Merge law*: the names kept are a function of the set of names; an element's law is its own.
package struct SmallestKeys<Element: Sendable>: Sendable {
  private struct Name: Sendable, Comparable {
    var hash: UInt64
    var text: ExactText

    static func < (left: Name, right: Name) -> Bool { (left.hash, left.text) < (right.hash, right.text) }
  }

  /// The longest name that is kept, in bytes.
  package static var maximumNameByteCount: Int { 256 }

  private let limit: Int
  /// Apart from the elements, which are much to copy for a look at a name.
  private var names: [Name] = []
  /// In the order of the names.
  package private(set) var elements: [Element] = []
  private var indexes: [ExactText: Int] = [:]
  /// The place of the largest hash, once there are `limit` of them.
  private var largest: Int?

  package init(limit: Int) { self.limit = limit }

  /// The number of elements kept.
  package var count: Int { elements.count }

  /// Names and elements, ascending by the names' bytes.
  package var sorted: [(name: String, element: Element)] {
    names.indices.sorted { names[$0].text < names[$1].text }.map { (names[$0].text.text, elements[$0]) }
  }

  /// The element of that name.
  package subscript(name: String) -> Element? { indexes[ExactText(name)].map { elements[$0] } }

  /// Changes the element of that name, made by `make` if it is new; false if the name is not to be kept.
  ///
  /// `hint` is where the name was found last time in a similar place. `evict` takes the element that has to
  /// go.
  @inline(__always)
  mutating func update(
    _ name: String, hint: Int = 0, hasher: SipHash, make: () -> Element, evict: (Element) -> Void = { _ in },
    _ change: (inout Element) throws -> Void
  ) rethrows -> Bool {
    if hint < names.count, ExactText.areEqual(names[hint].text.text, name) {
      try change(&elements[hint])
      return true
    }
    guard let index = index(ExactText(name), hasher, make, evict) else { return false }
    try change(&elements[index])
    return true
  }

  /// The index of the name, which is inserted if it is to be kept.
  private mutating func index(
    _ text: ExactText, _ hasher: SipHash, _ make: () -> Element, _ evict: (Element) -> Void
  ) -> Int? {
    if let index = indexes[text] { return index }
    guard text.text.utf8.count <= Self.maximumNameByteCount else { return nil }
    let name = Name(hash: hasher.hash(text: text.text), text: text)
    guard names.count >= limit else {
      names.append(name)
      elements.append(make())
      indexes[text] = names.count - 1
      return names.count - 1
    }
    let place = largest ?? names.indices.max { names[$0] < names[$1] } ?? 0
    largest = place
    guard name < names[place] else { return nil }
    evict(elements[place])
    indexes[names[place].text] = nil
    (names[place], elements[place]) = (name, make())
    indexes[text] = place
    largest = nil
    return place
  }

  /// Adds the elements of `other`; `evict` takes those of names that are not kept.
  mutating func merge(
    _ other: SmallestKeys, hasher: SipHash, make: () -> Element, evict: (Element) -> Void = { _ in },
    _ merge: (inout Element, Element) -> Void
  ) {
    for (name, element) in zip(other.names, other.elements) {
      let isKept = update(name.text.text, hasher: hasher, make: make, evict: evict) { merge(&$0, element) }
      if !isKept { evict(element) }
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
      if let last = names.last, !(last.text < ExactText(name)) { throw reader.error("unsorted names") }
      let element = try read(&reader)
      guard names.count < limit, name.utf8.count <= Self.maximumNameByteCount else {
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
