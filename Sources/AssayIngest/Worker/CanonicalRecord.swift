import AssayCore
import Crypto

/// The one spelling of a record's contents that digests are taken of, whatever container or manifest they came in.
///
/// Counts and lengths are LEB128 varints, names are sorted by their UTF-8. First the images: the number of them, and for
/// each its name and the SHA-256 of its bytes, or no bytes where they could not be had. Then the fields: for each that
/// has a value its name, a tag and the value; 1 false, 2 true, 3 a whole number (zigzag varint), 4 any other number
/// (IEEE 754, eight bytes, the lowest first), 5 text, 6 a list of numbers (each a tag and a number), 7 a private field
/// (the kind of its mask and its length class). A private value is not in it, and no digest confirms a guess of it.
///
/// Profiles keep sums of these digests for ever: a change of the spelling is a change of the profile's format.
struct CanonicalRecord {
  /// An image with the SHA-256 of its bytes; empty where they could not be had.
  typealias Image = (name: String, digest: [UInt8])

  private var images = ByteWriter()
  private var fields = ByteWriter()

  init(images: [Image], fields: [FieldObservation], order: FieldOrder) {
    let sorted = images.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.images.list(sorted) { writer, image in
      writer.text(image.name)
      writer.blob(image.digest)
    }
    self.fields.reserve(64 * fields.count)
    for place in order.places(of: fields) { Self.write(fields[place], to: &self.fields) }
  }

  /// SHA-256 of the fields alone: the content of a row that has no image. 32 bytes.
  var fieldsDigest: [UInt8] { Array(SHA256.hash(data: fields.bytes)) }

  /// The element of a dataset's fingerprint: SHA-256 of the key's length as eight bytes, the lowest first, the key, the
  /// images and the fields. 32 bytes.
  func digest(key: RecordKey) -> [UInt8] {
    var hash = SHA256()
    withUnsafeBytes(of: UInt64(key.bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
    hash.update(data: key.bytes)
    hash.update(data: images.bytes)
    hash.update(data: fields.bytes)
    return Array(hash.finalize())
  }

  private static func write(_ field: FieldObservation, to writer: inout ByteWriter) {
    if let facts = field.privacy {
      guard facts.isPresent else { return }
      writer.text(field.name)
      writer.byte(7)
      writer.text(facts.maskKind)
      writer.count(max(0, facts.lengthClass))
    } else if !field.value.isMissing {
      writer.text(field.name)
      write(field.value, to: &writer)
    }
  }

  private static func write(_ value: Value, to writer: inout ByteWriter) {
    switch value {
    case .missing: break
    case .boolean(let flag): writer.byte(flag ? 2 : 1)
    case .integer(let integer):
      writer.byte(3)
      writer.signedVarint(integer)
    case .real(let real): write(real, to: &writer)
    case .text(let text):
      writer.byte(5)
      writer.text(text)
    case .vector(let numbers):
      writer.byte(6)
      writer.list(numbers) { write($1, to: &$0) }
    }
  }

  /// A number that is whole is spelled as one: `1` and `1.0` are the same value.
  private static func write(_ real: Double, to writer: inout ByteWriter) {
    if let integer = Int64(exactly: real) { return write(.integer(integer), to: &writer) }
    writer.byte(4)
    writer.real(real)
  }
}
