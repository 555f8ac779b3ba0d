package import Foundation

/// A new folder that is taken away with its owner.
package final class TemporaryFolder {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package var path: String { url.path }

  /// Writes a file, with the folders it needs, and gives its path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes the members of a container as a folder tree, and gives its path.
  @discardableResult
  package func write(_ members: [ArchiveForge.Member], to name: String) throws -> String {
    for member in members { if let bytes = member.bytes { try write(bytes, to: "\(name)/\(member.path)") } }
    return url.appendingPathComponent(name).path
  }

  /// Writes a text, and gives its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// The path of a name in it.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// The text of a file in it.
  package func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  /// The names in it, ascending.
  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}
