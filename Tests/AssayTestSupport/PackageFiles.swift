package import Foundation

/// Files of the package, found from where the tests were compiled.
package enum PackageFiles {
  /// The file at that path below the package's root.
  package static func data(_ path: String) throws -> Data {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Data(contentsOf: root.appendingPathComponent(path))
  }
}
