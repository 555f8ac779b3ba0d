/// State that a profile keeps of one feature.
///
/// *Merge law*: the encoding is a function of the multiset of what was observed; merging two states gives the
/// state of both multisets together. So the encodings agree byte for byte for every order, sharding and merge
/// tree of the same data.
package protocol JSONSketch: Sendable {
  /// Adds what `other`, of the same scale, has observed.
  mutating func merge(_ other: Self)
  /// Writes the one JSON value of this state.
  func encode(to writer: inout JSONWriter)
  /// Reads what `encode` wrote; everything else throws or reads as a state that encodes to what was read.
  init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError)
}

/// A key and how often it was counted.
package typealias KeyCount = (key: Int64, count: Int64)

extension JSONWriter {
  /// Writes a member that holds a count, unless it is 0.
  mutating func count(_ name: String, _ value: Int64) {
    guard value != 0 else { return }
    self.name(name)
    exactInteger(value)
  }

  /// Writes a member that holds ascending keys and their counts as base64 of varints, unless there are none: the
  /// number of entries, the first key (zigzag) and the steps between keys less 1, then the counts.
  mutating func packed(_ name: String, _ entries: [(key: some FixedWidthInteger, count: Int64)]) {
    guard let first = entries.first else { return }
    var bytes = ByteWriter()
    bytes.count(entries.count)
    bytes.signedVarint(Int64(first.key))
    for (previous, next) in zip(entries, entries.dropFirst()) {
      bytes.varint(UInt64(bitPattern: Int64(next.key) &- Int64(previous.key)) &- 1)
    }
    for entry in entries { bytes.varint(UInt64(bitPattern: entry.count)) }
    base64(name, bytes.bytes)
  }

  /// Writes a member that holds an array of counts as base64 of varints with runs of zeros folded.
  mutating func dense(_ name: String, _ counts: [Int64]) {
    var bytes = ByteWriter()
    bytes.sparseVarints(counts.map { UInt64(bitPattern: $0) })
    base64(name, bytes.bytes)
  }

  /// Writes a member that holds bytes.
  mutating func base64(_ name: String, _ bytes: [UInt8]) {
    self.name(name)
    string(Base64.encode(bytes))
  }

  /// Writes a member that holds a sketch, unless there is none.
  mutating func sketch(_ name: String, _ sketch: (some JSONSketch)?) {
    guard let sketch else { return }
    self.name(name)
    sketch.encode(to: &self)
  }
}
