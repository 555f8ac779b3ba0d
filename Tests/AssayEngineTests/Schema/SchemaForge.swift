import AssayCore
import AssayEngine

/// Schemas from texts, without a disk.
enum SchemaForge {
  /// Reads `main.yaml`, which is that text after `assay: 1`; other files by name.
  static func file(_ text: String, others: [String: String] = [:]) throws(SchemaError) -> SchemaFile {
    let files = others.merging(["main.yaml": "assay: 1\n" + text], uniquingKeysWith: { $1 })
    return try SchemaFile(path: "main.yaml") { files[$0].map { Array($0.utf8) } }
  }

  static func schema(_ text: String, others: [String: String] = [:]) throws(SchemaError) -> Schema {
    try file(text, others: others).schema
  }

  /// What is wrong with the text, one line an issue.
  static func issues(_ text: String, others: [String: String] = [:]) -> [String] {
    do throws(SchemaError) {
      _ = try file(text, others: others)
      return []
    } catch {
      return error.issues.map(\.description)
    }
  }

  /// The rule of that id.
  static func rule(_ id: String, in text: String) throws -> RecordRule? {
    try schema(text).recordRules.first { $0.id == id }
  }
}
