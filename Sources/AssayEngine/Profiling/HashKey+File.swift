import AssayChannel
package import AssayCore
import AssayIngest

extension HashKey {
  /// The fewest bytes of a secret: as many as the key has.
  private static let leastBytes = 16
  private static let mostBytes = 1 << 16

  /// The key of a file: all of its bytes, a line break at the end included, are the secret.
  package init(file path: String) throws(ConfigurationError) {
    guard let bytes = WholeFile.bytes(path, atMost: Self.mostBytes) else {
      throw ConfigurationError("\(path): cannot read the hash key: \(lastSystemError())")
    }
    guard bytes.count >= Self.leastBytes else {
      throw ConfigurationError(
        "\(path): expected at least \(Self.leastBytes) secret bytes of a hash key, found \(bytes.count); make one with "
          + "`head -c 32 /dev/urandom > FILE`")
    }
    self.init(secret: bytes)
  }
}
