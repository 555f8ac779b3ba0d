import AssayCore

/// The index of a registry folder (`assay-plugins.json`): it pins every file to a digest and to the ids it holds.
package struct PluginIndex: Sendable, Hashable {
  package static let fileName = "assay-plugins.json"

  package struct Entry: Sendable, Hashable {
    package var file: String
    package var sha256: String
    package var ids: [String]

    package init(file: String, sha256: String, ids: [String]) {
      self.file = file
      self.sha256 = sha256
      self.ids = ids
    }
  }

  package var entries: [Entry]

  /// Reads an index. `path` is for messages only.
  package init(_ bytes: [UInt8], path: String) throws(PluginError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONReader.read(bytes) { (reader) throws(JSONError) in try reader.value() }
    } catch {
      throw PluginError("\(path):\(error)")
    }
    guard value["assay-plugins"]?.integer == 1, let plugins = value["plugins"]?.array else {
      throw PluginError("\(path): expected {\"assay-plugins\": 1, \"plugins\": [...]}")
    }
    entries = []
    for plugin in plugins { entries.append(try Self.entry(plugin, path: path)) }
    try checkTwice(entries.map(\.file), path)
    try checkTwice(entries.flatMap(\.ids), path)
  }

  /// A name that stands twice would make one of its entries a silent loser.
  private func checkTwice(_ names: [String], _ path: String) throws(PluginError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw PluginError("\(path): \"\(name)\" is listed twice; remove one, or run `assay plugin pin` again")
    }
  }

  private static func entry(_ plugin: JSONValue, path: String) throws(PluginError) -> Entry {
    guard let file = plugin["file"]?.string, let sha256 = plugin["sha256"]?.string,
      let list = plugin["ids"]?.array, case let ids = list.compactMap(\.string), ids.count == list.count
    else { throw PluginError("\(path): every plugin needs \"file\", \"sha256\" and \"ids\"") }
    // A path out of the folder would let an index vouch for somebody else's file.
    guard !file.isEmpty, !file.utf8.contains(0x2F), !file.utf8.contains(0), file != "..", file != "." else {
      throw PluginError("\(path): \"\(file)\" is not a file of this folder")
    }
    guard sha256.utf8.count == 64, sha256.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      throw PluginError("\(path): \"\(file)\": a sha256 has 64 hexadecimal digits, found \"\(sha256)\"")
    }
    return Entry(file: file, sha256: sha256.lowercased(), ids: ids)
  }

  package init(entries: [Entry]) { self.entries = entries }

  /// The index as a file.
  package var bytes: [UInt8] {
    var writer = JSONWriter(indentation: 2)
    writer.value([
      "assay-plugins": 1,
      "plugins": .array(
        entries.map {
          ["file": .string($0.file), "sha256": .string($0.sha256), "ids": .array($0.ids.map { .string($0) })]
        }),
    ])
    writer.lineBreak()
    return writer.bytes
  }
}
