import AssayTestSupport
import Foundation

extension TemporaryFolder {
  /// The path of a name in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a text; returns its path.
  @discardableResult func write(text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// The text of a file in it.
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  /// The names in it, ascending.
  var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}
