package import AssayCore
import Crypto

extension RecordKey {
  /// The key of a row whose bytes nobody could read: its number.
  package init(row number: Int) { self.init("row \(number)") }

  /// The key of a row that says nothing of what it is called: the digest of its bytes, wherever it stands.
  init(rowDigest digest: SHA256.Digest) { self.init("row \(Hex.encode(bytes: Array(digest.prefix(16))))") }
}

extension HashKey {
  /// The key that a secret of any length stands for: the first half of a SHA-256 of it, behind a fixed text.
  package init(secret: [UInt8]) {
    self.init(bytes: Array(SHA256.hash(data: Array("assay/hash-key/v1".utf8) + secret).prefix(16)))
  }
}

extension Digest128 {
  /// The digest of a key.
  package init(key: [UInt8]) { self.init(Array(SHA256.hash(data: key))) }
}

extension Digest80 {
  /// The digest of a key.
  package init(key: [UInt8]) { self = SHA256.hash(data: key).withUnsafeBytes { Digest80($0) } }
}
