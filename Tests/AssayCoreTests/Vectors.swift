import AssayCore
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#endif

/// The golden values beside the tests.
enum Vectors {
  /// The file of that name, read by the project's own reader.
  static func load(_ name: String) throws -> JSONValue {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    let data = try Data(contentsOf: URL(filePath: "\(folder)/Vectors/\(name).json"))
    return try JSONValue(parsing: Array(data))
  }
}
