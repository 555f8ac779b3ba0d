import AssayCore

/// Lines for `drift.accepted` in a schema's text, all of which stays as it is: comments, order and formatting.
struct SchemaInsertion {
  /// The lines of the file; those of a file that ends its lines with CR LF keep the CR.
  private var lines: [Substring]
  private let lineEnd: String

  /// A text that is YAML already.
  init(_ text: String) {
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
    lineEnd = lines[0].unicodeScalars.last == "\r" ? "\r" : ""
  }

  /// The text with the items, or nil where the shape of `file`, its tree without what it extends, has no place for lines.
  mutating func insert(_ items: [String], in file: YAMLTree) -> String? {
    guard let root = file.mapping, !isFlow(file) else { return nil }
    guard let drift = root.first(where: { $0.key == "drift" }) else {
      append(["drift:", "  accepted:"] + Self.indented(items, by: 4))
      return text
    }
    guard let accepted = drift.value.mapping?.first(where: { $0.key == "accepted" }) else {
      guard let column = column(of: drift) else { return nil }
      insert(["accepted:"] + Self.indented(items, by: 2), column, after: drift)
      return text
    }
    guard !isFlow(drift.value), let column = column(of: accepted) else { return nil }
    insert(items, column, after: accepted)
    return text
  }

  private var text: String { lines.joined(separator: "\n") }

  private static func indented(_ lines: [String], by width: Int) -> [String] {
    lines.map { String(repeating: " ", count: width) + $0 }
  }

  /// Below the key, before everything that is there: a comment stays with the line it stands above.
  private mutating func insert(_ new: [String], _ column: Int, after entry: YAMLTree.Entry) {
    let place = min(entry.keyPosition.line, lines.count)
    lines.insert(contentsOf: ended(Self.indented(new, by: column - 1)), at: place)
    if place == lines.count - new.count { lines.append("") }
  }

  private mutating func append(_ new: [String]) {
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    lines += ended(new) + [""]
  }

  private func ended(_ new: [String]) -> [Substring] { new.map { Substring($0 + lineEnd) } }

  /// Where lines below a key begin; nil where its value is written on the key's own line.
  private func column(of entry: YAMLTree.Entry) -> Int? {
    if entry.value.isNull { return entry.keyPosition.column + 2 }
    guard entry.value.position.line > entry.keyPosition.line, !isFlow(entry.value) else { return nil }
    return entry.value.position.column
  }

  /// Whether a tree is written in braces or brackets, as far as its first character tells.
  private func isFlow(_ tree: YAMLTree) -> Bool {
    let place = tree.position
    guard lines.indices.contains(place.line - 1) else { return true }
    let first = lines[place.line - 1].unicodeScalars.dropFirst(place.column - 1).first
    return first == "{" || first == "["
  }
}
