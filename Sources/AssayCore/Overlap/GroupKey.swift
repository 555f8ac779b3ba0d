/// The value of a field that must not be on both sides, hashed under a key that only the run knows.
package struct GroupKey: Sendable, Hashable {
  /// The field's place among those that were asked for.
  package var group: Int
  package var digest: Digest80

  package init(group: Int, digest: Digest80) {
    self.group = group
    self.digest = digest
  }
}

extension GroupKey: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.count(group)
    writer.fixed(digest.prefix)
    writer.fixed(digest.suffix)
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    group = try reader.whole()
    let high: UInt64 = try reader.fixed()
    let low: UInt16 = try reader.fixed()
    digest = Digest80(high: high, low: UInt64(low) << 48)
  }
}
