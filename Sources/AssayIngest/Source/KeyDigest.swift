package import AssayCore
import Crypto

extension RecordKey {
  /// The key of a row that says nothing of what it is called: its number.
  package init(row number: Int) { self.init("row \(number)") }
}

extension Digest128 {
  /// The digest of a key.
  package init(key: [UInt8]) { self.init(Array(SHA256.hash(data: key))) }
}

extension Digest80 {
  /// The digest of a key.
  package init(key: [UInt8]) { self = SHA256.hash(data: key).withUnsafeBytes { Digest80($0) } }
}
