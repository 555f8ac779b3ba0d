package import AssayCore
private import Yams

/// Reads YAML into a tree, within bounds.
package enum YAMLReader {
  /// The largest file. Unit: bytes.
  package static let byteLimit = 1 << 20
  /// The most nodes, with aliases written out.
  package static let nodeLimit = 100_000
  /// The most mappings and lists within each other.
  package static let depthLimit = 32

  /// Reads one document.
  ///
  /// - Throws: what is wrong and where; a tree is whole or not at all.
  package static func read(_ bytes: [UInt8], file: String) throws(SchemaError) -> YAMLTree {
    let start = SourcePosition(file: file, line: 1, column: 1)
    guard bytes.count <= byteLimit else {
      throw SchemaError([SchemaIssue(start, "\(bytes.count) bytes, at most \(byteLimit) are read")])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SchemaError([SchemaIssue(start, "the file is not UTF-8")])
    }
    guard !isNestedTooDeeply(bytes) else {
      throw SchemaError([SchemaIssue(start, "nested deeper than \(depthLimit)")])
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw SchemaError([issue(from: error, file: file)])
    }
    guard let root else { throw SchemaError([SchemaIssue(start, "the file is empty")]) }
    var converter = Converter(
      file: file, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    do throws(SchemaIssue) { return try converter.tree(root, depth: 0) } catch { throw SchemaError([error]) }
  }

  /// A cheap look before a recursive parser sees it: more brackets or indented dashes open than are allowed.
  /// Brackets in texts count too, which no schema minds.
  private static func isNestedTooDeeply(_ bytes: [UInt8]) -> Bool {
    var open = 0
    var dashes = 0
    var isIndent = true
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"): (dashes, isIndent) = (0, true)
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isIndent { dashes += 1 }
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: isIndent = false
      }
      if open > depthLimit * 8 || dashes > depthLimit { return true }
    }
    return false
  }

  private static func issue(from error: any Error, file: String) -> SchemaIssue {
    func place(_ mark: Mark) -> SourcePosition {
      SourcePosition(file: file, line: max(mark.line, 1), column: max(mark.column, 1))
    }
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return SchemaIssue(place(mark), "no YAML: \(problem)")
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      return SchemaIssue(
        place(context.mark), "duplicate key \(keys.map { "\"\($0)\"" }.joined(separator: ", "))")
    default:
      return SchemaIssue(SourcePosition(file: file, line: 1, column: 1), "no YAML: \(error)")
    }
  }
}

/// Turns the parser's nodes into a tree, counting them.
private struct Converter {
  let file: String
  let lines: [Substring]
  private var nodeCount = 0

  init(file: String, lines: [Substring]) {
    self.file = file
    self.lines = lines
  }

  mutating func tree(_ node: Node, depth: Int) throws(SchemaIssue) -> YAMLTree {
    let position = place(node.mark)
    nodeCount += 1
    guard nodeCount <= YAMLReader.nodeLimit else {
      throw SchemaIssue(position, "more than \(YAMLReader.nodeLimit) values, aliases written out")
    }
    guard depth <= YAMLReader.depthLimit else {
      throw SchemaIssue(position, "nested deeper than \(YAMLReader.depthLimit)")
    }
    switch node {
    case .scalar(let scalar): return YAMLTree(position: position, content: .scalar(convert(scalar, position)))
    case .sequence(let sequence):
      var items: [YAMLTree] = []
      for item in sequence { items.append(try tree(item, depth: depth + 1)) }
      return YAMLTree(position: position, content: .sequence(items))
    case .mapping(let mapping):
      var entries: [YAMLTree.Entry] = []
      for (key, value) in mapping {
        guard let name = key.scalar?.string else {
          throw SchemaIssue(place(key.mark), "a key must be a word")
        }
        let value = try tree(value, depth: depth + 1)
        entries.append(YAMLTree.Entry(key: name, keyPosition: place(key.mark), value: value))
      }
      return YAMLTree(position: position, content: .mapping(entries))
    case .alias: throw SchemaIssue(position, "an alias that names nothing")
    }
  }

  private func convert(_ scalar: Node.Scalar, _ position: SourcePosition) -> YAMLTree.Scalar {
    let isPlain = scalar.style == .plain || scalar.style == .any
    let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    let start = isQuoted ? position.advanced(by: 1) : position
    return YAMLTree.Scalar(
      text: scalar.string, isNull: isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string),
      isVerbatim: stands(scalar.string, at: start), start: start)
  }

  /// Whether the line of the file has exactly that text at that place.
  private func stands(_ text: String, at position: SourcePosition) -> Bool {
    guard position.line >= 1, position.line <= lines.count, position.column >= 1 else { return false }
    return lines[position.line - 1].unicodeScalars.dropFirst(position.column - 1).starts(
      with: text.unicodeScalars)
  }

  private func place(_ mark: Mark?) -> SourcePosition {
    guard let mark else { return SourcePosition(file: file) }
    return SourcePosition(file: file, line: mark.line, column: mark.column)
  }
}
