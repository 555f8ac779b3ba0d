package import AssayCore
import Crypto

extension Digest128 {
  /// The digest of a key.
  package init(key: [UInt8]) { self.init(Array(SHA256.hash(data: key))) }
}
