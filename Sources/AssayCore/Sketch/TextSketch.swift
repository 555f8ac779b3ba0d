/// What is kept of texts: their lengths and how often each occurs.
///
/// *Merge law*: that of its parts.
package struct TextSketch: Sendable {
  /// Of the lengths in UTF-8 bytes.
  package private(set) var lengths: IntegerSketch
  package private(set) var categories: CategoryCounts

  package init(scale: SketchScale) {
    lengths = IntegerSketch(scale: scale)
    categories = CategoryCounts(scale: scale)
  }

  /// The number of texts.
  package var count: Int64 { lengths.count }

  /// Counts `text`; returns its hash unless it was the text counted before.
  package mutating func observe(_ text: String, hasher: SipHash) -> UInt64? {
    lengths.observe(Int64(text.utf8.count))
    if categories.observeRepeated(text) { return nil }
    let hash = hasher.hash(text: text)
    categories.observe(text, hash: hash)
    return hash
  }

  /// Adds what `other` has observed.
  package mutating func merge(_ other: TextSketch) {
    lengths.merge(other.lengths)
    categories.merge(other.categories)
  }

  /// Writes the one JSON value of this state.
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.sketch("lengths", lengths)
    writer.name("categories")
    categories.encode(to: &writer)
    writer.endObject()
  }

  /// Reads what `encode` wrote; names are hashed again, with `hasher`.
  package init(from reader: inout JSONReader, scale: SketchScale, hasher: SipHash) throws(JSONError) {
    var members = try JSONMembers(&reader)
    try members.require("lengths", &reader)
    lengths = try IntegerSketch(from: &reader, scale: scale)
    try members.require("categories", &reader)
    categories = try CategoryCounts(from: &reader, scale: scale, hasher: hasher)
    try members.end(&reader)
  }
}
