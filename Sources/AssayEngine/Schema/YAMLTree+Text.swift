import AssayCore

extension YAMLTree {
  /// The tree as YAML, one line for each key, each with the file and line it comes from.
  package func annotatedText() -> String {
    var lines: [(text: String, origin: SourcePosition)] = []
    write(indent: 0, into: &lines)
    let width = min(60, lines.map(\.text.count).max() ?? 0)
    return lines.map { line in
      let padding = String(repeating: " ", count: max(0, width - line.text.count))
      return "\(line.text)\(padding)  # \(line.origin.file):\(line.origin.line)\n"
    }.joined()
  }

  private func write(indent: Int, into lines: inout [(text: String, origin: SourcePosition)]) {
    let margin = String(repeating: " ", count: indent)
    switch content {
    case .scalar: lines.append((margin + inlineText, position))
    case .sequence(let items):
      for item in items { lines.append(("\(margin)- \(item.inlineText)", item.position)) }
    case .mapping(let entries):
      for entry in entries {
        let key = margin + YAMLTree.quoted(entry.key)
        if entry.value.isBlock {
          lines.append(("\(key):", entry.keyPosition))
          entry.value.write(indent: indent + 2, into: &lines)
        } else {
          lines.append(("\(key): \(entry.value.inlineText)", entry.keyPosition))
        }
      }
    }
  }

  /// Whether it is shown on lines of its own.
  private var isBlock: Bool {
    switch content {
    case .scalar: false
    case .mapping(let entries): !entries.isEmpty
    case .sequence(let items): items.contains { $0.scalar == nil }
    }
  }

  /// In flow style, on one line.
  private var inlineText: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "~" : YAMLTree.quoted(scalar.text)
    case .sequence(let items): "[\(items.map(\.inlineText).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\(YAMLTree.quoted($0.key)): \($0.value.inlineText)" }.joined(separator: ", "))}"
    }
  }

  /// The text as a YAML scalar: plain where that is read back as it is, else in quotes.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.utf8.allSatisfy(isPlainByte) && !"-%@.".contains(text.prefix(1))
      && !["null", "Null", "NULL"].contains(text)
    if isPlain || FieldType.number.parsing(text) != nil { return text }
    if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0.value < 0xD800 }) {
      return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "/"), UInt8(ascii: "%"):
      true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    default:
      guard scalar.value < 0x20 || scalar.value == 0x7F || scalar.value >= 0xD800 else {
        return String(scalar)
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
}
