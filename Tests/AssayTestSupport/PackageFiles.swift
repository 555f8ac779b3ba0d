package import Foundation

/// Files of the package, found from where the tests were compiled.
package enum PackageFiles {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Where the file at that path below the package's root is.
  package static func path(_ path: String) -> String { root.appendingPathComponent(path).path }

  /// The file at that path below the package's root.
  package static func data(_ path: String) throws -> Data {
    try Data(contentsOf: root.appendingPathComponent(path))
  }

  /// The texts of all files below a folder whose names end so, with their bare names.
  package static func texts(_ folder: String, suffix: String) throws -> [(name: String, text: String)] {
    let url = root.appendingPathComponent(folder)
    return try FileManager.default.subpathsOfDirectory(atPath: url.path).filter { $0.hasSuffix(suffix) }.map {
      let file = url.appendingPathComponent($0)
      return (file.lastPathComponent, String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
  }
}
