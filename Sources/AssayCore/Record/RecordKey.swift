/// What identifies a record inside a dataset: a member path as raw bytes, `/`-separated, without a leading
/// `./`, otherwise untouched (file names need not be UTF-8).
package struct RecordKey: Sendable, Hashable {
  package var bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ text: String) { bytes = Array(text.utf8) }

  /// Puts another key behind this one.
  package mutating func append(_ rest: RecordKey) { bytes += rest.bytes }

  /// The key for people and for JSON; bytes that are not UTF-8 are `\xNN`.
  package var display: String { EscapedBytes.text(bytes) }

  /// The key whose `display` that is.
  package init(display: String) { bytes = EscapedBytes.bytes(display) }
}

extension RecordKey: Comparable {
  package static func < (left: RecordKey, right: RecordKey) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
