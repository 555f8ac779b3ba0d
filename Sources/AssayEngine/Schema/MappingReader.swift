import AssayCore

/// Reads a mapping key by key; what nobody asked for is an unknown key.
struct MappingReader {
  /// Its place in the schema, as ids have it: `images.image`; empty for the whole schema.
  var path: String
  let position: SourcePosition
  let log: IssueLog
  private let entries: [YAMLTree.Entry]
  private var expected: [String] = []

  /// Nil, with an issue, if the tree is no mapping. Nothing at all reads as an empty one.
  init?(_ tree: YAMLTree, path: String, log: IssueLog) {
    self.path = path
    self.log = log
    position = tree.position
    if let mapping = tree.mapping {
      entries = mapping
    } else if tree.isNull {
      entries = []
    } else {
      log.add(tree.position, "a mapping is expected\(MappingReader.place(path)), \(tree.typeName) found")
      return nil
    }
  }

  /// The value under the key, which is thereby known.
  mutating func take(_ key: String) -> YAMLTree? {
    expected.append(key)
    return entries.first { $0.key == key }?.value
  }

  /// The value under the key, with the place of the key, which is where rules stand.
  mutating func takeEntry(_ key: String) -> YAMLTree.Entry? {
    expected.append(key)
    return entries.first { $0.key == key }
  }

  /// Every entry: for mappings whose keys are the user's names.
  mutating func takeAll() -> [YAMLTree.Entry] {
    expected += entries.map(\.key)
    return entries
  }

  /// Reports the keys that nobody asked for.
  func finish() {
    for entry in entries where !expected.contains(entry.key) {
      let choices = expected.prefix(24).joined(separator: ", ") + (expected.count > 24 ? " ..." : "")
      log.add(
        entry.keyPosition,
        "unknown key \"\(entry.key)\"\(MappingReader.place(path)); expected one of: \(choices)",
        suggestion: nearestWord(to: entry.key, among: expected))
    }
  }

  private static func place(_ path: String) -> String { path.isEmpty ? "" : " in \(path)" }
}

/// The one-word readings of a value, each with its issue where the value is something else.
extension IssueLog {
  func text(_ tree: YAMLTree?) -> String? {
    guard let tree else { return nil }
    guard let scalar = tree.scalar, !scalar.isNull else {
      return none(tree.position, "a text is expected, \(tree.typeName) found")
    }
    return scalar.text
  }

  func texts(_ tree: YAMLTree?) -> [String]? {
    guard let tree else { return nil }
    if let items = tree.sequence { return items.compactMap { text($0) } }
    return text(tree).map { [$0] }
  }

  func flag(_ tree: YAMLTree?) -> Bool? {
    guard let tree else { return nil }
    switch tree.scalar?.text {
    case "true": return true
    case "false": return false
    default: return none(tree.position, "true or false is expected, \(tree.typeName) found")
    }
  }

  func number(_ tree: YAMLTree?) -> Double? {
    guard let tree else { return nil }
    guard let text = tree.scalar?.text, let number = FieldType.number.parsing(text)?.number else {
      return none(tree.position, "a number is expected, \(tree.typeName) found")
    }
    return number
  }

  func count(_ tree: YAMLTree?, in range: ClosedRange<Int>) -> Int? {
    guard let tree else { return nil }
    guard let text = tree.scalar?.text, let count = Int(text), range.contains(count) else {
      return none(
        tree.position,
        "a whole number from \(range.lowerBound) to \(range.upperBound) is expected, \(tree.typeName) found")
    }
    return count
  }

  func limit(_ tree: YAMLTree?) -> Limit? {
    guard let tree else { return nil }
    guard let text = tree.scalar?.text, let limit = Limit(text) else {
      return none(
        tree.position, "a share such as 0.1% or a number of records is expected, \(tree.typeName) found")
    }
    return limit
  }

  func proportion(_ tree: YAMLTree?) -> Proportion? {
    guard let tree else { return nil }
    guard let text = tree.scalar?.text, let proportion = Proportion(text) else {
      return none(tree.position, "a share such as 90% or 0.9 is expected, \(tree.typeName) found")
    }
    return proportion
  }

  /// One of the words.
  func word<Word: RawRepresentable & CaseIterable>(_ tree: YAMLTree?, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    guard let tree else { return nil }
    let words = Word.allCases.map(\.rawValue)
    guard let text = tree.scalar?.text, let word = Word(rawValue: text) else {
      return none(
        tree.position, "one of \(words.joined(separator: ", ")) is expected, \(tree.typeName) found",
        suggestion: tree.scalar.flatMap { nearestWord(to: $0.text, among: words) })
    }
    return word
  }

  func expression(_ tree: YAMLTree?) -> SQLText? {
    guard let tree else { return nil }
    guard let scalar = tree.scalar, !scalar.isNull else {
      return none(tree.position, "an SQL expression is expected, \(tree.typeName) found")
    }
    return SQLText(scalar.text, position: scalar.start, isVerbatim: scalar.isVerbatim)
  }
}
