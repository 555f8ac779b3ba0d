import AssayCore
import Crypto

/// The one spelling of a row that its digest is taken of: an object with sorted names and canonical numbers, so that
/// the same row in CSV and in JSON Lines is the same record.
enum CanonicalRow {
  /// SHA-256 of the canonical row. 32 bytes.
  static func digest(_ fields: [NamedValue]) -> [UInt8] {
    var writer = ByteWriter()
    for field in fields.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) })
    where !field.value.isMissing {
      writer.text(field.name)
      field.value.encode(to: &writer)
    }
    return Array(SHA256.hash(data: writer.bytes))
  }
}
