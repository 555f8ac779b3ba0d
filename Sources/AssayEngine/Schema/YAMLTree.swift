package import AssayCore

/// A YAML document as text with places: no value has been given a type yet.
package struct YAMLTree: Sendable, Hashable {
  /// What stands there.
  package enum Content: Sendable, Hashable {
    case scalar(Scalar)
    case mapping([Entry])
    case sequence([YAMLTree])
  }

  /// A word, a number or a text: `no`, `007` and `1.0` are what they look like.
  package struct Scalar: Sendable, Hashable {
    package var text: String
    /// Unquoted `~`, `null` or nothing.
    package var isNull: Bool
    /// The file has exactly this text from `start` on, so that columns can be counted in it.
    package var isVerbatim: Bool
    /// The first character of the text, after a quote.
    package var start: SourcePosition
  }

  /// One line of a mapping.
  package struct Entry: Sendable, Hashable {
    package var key: String
    package var keyPosition: SourcePosition
    package var value: YAMLTree
  }

  package var position: SourcePosition
  package var content: Content

  package var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
  package var mapping: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
  package var sequence: [YAMLTree]? { if case .sequence(let items) = content { items } else { nil } }
  package var isNull: Bool { scalar?.isNull ?? false }

  /// The word a message uses for it.
  package var typeName: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "\"\(scalar.text.prefix(80))\""
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }

  /// The value under that key.
  package subscript(key: String) -> YAMLTree? { mapping?.first { $0.key == key }?.value }
}

extension YAMLTree {
  /// This tree over a base: mappings are joined key by key, lists of things with an `id` or a `name` by that,
  /// and everything else is replaced. An empty value takes the base's key away.
  package func merged(over base: YAMLTree) -> YAMLTree {
    switch (content, base.content) {
    case (.mapping(let own), .mapping(let inherited)):
      var entries = inherited
      for entry in own {
        let index = entries.firstIndex { $0.key == entry.key }
        if entry.value.isNull, let index {
          entries.remove(at: index)
        } else if let index {
          entries[index].keyPosition = entry.keyPosition
          entries[index].value = entry.value.merged(over: entries[index].value)
        } else {
          entries.append(entry)
        }
      }
      return YAMLTree(position: position, content: .mapping(entries))
    case (.sequence(let own), .sequence(let inherited)) where own.allSatisfy({ $0.identity != nil }):
      var items = inherited
      for item in own {
        if let index = items.firstIndex(where: { $0.identity == item.identity }) {
          items[index] = item
        } else {
          items.append(item)
        }
      }
      return YAMLTree(position: position, content: .sequence(items))
    default: return self
    }
  }

  /// What a list's item is called.
  private var identity: String? {
    self["id"]?.scalar?.text ?? self["name"]?.scalar?.text ?? self["by"]?.scalar?.text
  }
}
