package import AssayCore
import Crypto

extension Digest128 {
  /// The digest of a key.
  package init(key: [UInt8]) { self.init(Array(SHA256.hash(data: key))) }
}

extension Digest80 {
  /// The digest of a key.
  package init(key: [UInt8]) { self.init(Array(SHA256.hash(data: key).prefix(10))) }
}
