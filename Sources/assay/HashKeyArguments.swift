import ArgumentParser
import AssayCore
import AssayEngine

/// What keys the hashes of profiles.
struct HashKeyArguments: ParsableArguments {
  @Option(
    help: """
      A file of 16 or more secret bytes that key every hash of the profiles, made or read; without it a published key \
      does. Profiles of different keys cannot be compared.
      """)
  var hashKey: String?

  func key() throws -> HashKey { try hashKey.map { try HashKey(file: $0) } ?? .published }
}
