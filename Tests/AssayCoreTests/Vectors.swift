import AssayCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The golden values beside the tests.
enum Vectors {
  /// Where the file of that name is.
  static func path(_ name: String) -> String {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folders.joined(separator: "/") + "/Vectors/" + name
  }

  /// The bytes of the file of that name.
  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }

  /// The JSON file of that name, without its extension, read by the project's own reader.
  static func load(_ name: String) throws -> JSONValue { try JSONValue(parsing: try bytes(name + ".json")) }
}
