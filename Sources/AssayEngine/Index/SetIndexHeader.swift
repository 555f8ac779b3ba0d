import AssayCore

/// The first bytes of an index file: what it holds, and whose it is.
///
/// Little-endian: the magic `assayidx`, version and header length (32 bits each); records, keys, contents and pHashes
/// (64 bits each); the id of the hash key, the decoder signature and the set's fingerprint, each behind its length
/// (16 bits); zeros to a multiple of 64. The sections follow without a gap: keys and contents of 10 bytes each, big-endian so that they sort
/// as they stand, then pHashes of 8 bytes, little-endian. All ascend strictly.
struct SetIndexHeader: Hashable {
  static let version: UInt32 = 2
  static let digestBytes = 10
  static let pHashBytes = 8
  private static let magic = Array("assayidx".utf8)

  var recordCount: Int
  var keyCount: Int
  var contentCount: Int
  var pHashCount: Int
  var hashKeyID: String
  var decoderSignature: String
  /// That of the set's profile.
  var fingerprint: Fingerprint

  /// The header's bytes.
  func encoded() -> [UInt8] {
    var rest: [UInt8] = []
    for count in [recordCount, keyCount, contentCount, pHashCount] { rest += Self.bytes(UInt64(count)) }
    for text in [hashKeyID, decoderSignature, fingerprint.text] {
      rest += Self.bytes(UInt16(clamping: text.utf8.count)) + Array(text.utf8.prefix(Int(UInt16.max)))
    }
    let length = (Self.magic.count + 8 + rest.count + 63) / 64 * 64
    let head = Self.magic + Self.bytes(Self.version) + Self.bytes(UInt32(length)) + rest
    return head + [UInt8](repeating: 0, count: length - head.count)
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// Reads a header and checks it against the size of the file. Throws the reason, with the place.
  static func read(_ file: UnsafeRawBufferPointer) throws(IndexFault) -> (header: SetIndexHeader, length: Int)
  {
    guard file.starts(with: magic) else { throw IndexFault("byte 0: expected an index of assay") }
    var reader = Fields(file: file, position: magic.count)
    let found = try reader.next(UInt32.self)
    guard found == version else {
      throw IndexFault("byte 8: version \(found), expected \(version): make it again (profile --index)")
    }
    let length = Int(try reader.next(UInt32.self))
    let counts = try (0..<4).map { _ throws(IndexFault) in try reader.count() }
    let header = SetIndexHeader(
      recordCount: counts[0], keyCount: counts[1], contentCount: counts[2], pHashCount: counts[3],
      hashKeyID: try reader.text(), decoderSignature: try reader.text(),
      fingerprint: try reader.fingerprint())
    let expected = length + (counts[1] + counts[2]) * digestBytes + counts[3] * pHashBytes
    guard counts[3] <= Int(UInt32.max) else { throw IndexFault("more than 4,294,967,295 pHashes") }
    guard length >= reader.position, expected == file.count else {
      throw IndexFault("expected \(expected) bytes, found \(file.count); was it cut off?")
    }
    return (header, length)
  }
}

/// Why a file is no index: the place and what was expected there.
struct IndexFault: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The fields of a header, one after the other.
private struct Fields {
  let file: UnsafeRawBufferPointer
  var position: Int

  mutating func next<Number: FixedWidthInteger>(_ type: Number.Type) throws(IndexFault) -> Number {
    let size = MemoryLayout<Number>.size
    guard position + size <= file.count else { throw IndexFault("byte \(position): the header is cut off") }
    defer { position += size }
    return (0..<size).reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: file[position + $1]) }
  }

  /// A count that no file could exceed: so sums and products of counts cannot overflow.
  mutating func count() throws(IndexFault) -> Int {
    let start = position
    let count = try next(UInt64.self)
    guard count < 1 << 48 else { throw IndexFault("byte \(start): \(count) elements") }
    return Int(count)
  }

  mutating func fingerprint() throws(IndexFault) -> Fingerprint {
    let start = position
    guard let fingerprint = Fingerprint(text: try text()) else {
      throw IndexFault("byte \(start): expected a fingerprint of 64 hexadecimal digits")
    }
    return fingerprint
  }

  mutating func text() throws(IndexFault) -> String {
    let length = Int(try next(UInt16.self))
    guard position + length <= file.count else { throw IndexFault("byte \(position): the header is cut off") }
    defer { position += length }
    return String(decoding: file[position..<position + length], as: UTF8.self)
  }
}
