package import AssayCore
import Crypto

extension RecordKey {
  /// The key of a row whose bytes nobody could read: its number.
  package init(row number: Int) { self.init("row \(number)") }

  /// The key of a row that says nothing of what it is called: the digest of its bytes, wherever it stands.
  init(rowDigest digest: SHA256.Digest) { self.init("row \(Hex.encode(bytes: Array(digest.prefix(16))))") }
}

extension Digest128 {
  /// The digest of a key.
  package init(key: [UInt8]) { self.init(Array(SHA256.hash(data: key))) }
}

extension Digest80 {
  /// The digest of a key.
  package init(key: [UInt8]) { self = SHA256.hash(data: key).withUnsafeBytes { Digest80($0) } }
}
