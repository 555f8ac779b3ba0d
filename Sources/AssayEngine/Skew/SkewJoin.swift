import AssayCore
import AssayIngest

/// What makes two records, one of each side, the same record.
package enum SkewJoin: Sendable, Hashable {
  case key
  /// The value of a field, as text: a column and a JSON number that spell the same are the same.
  case field(String)

  /// Understands `key`, `FIELD` and `field.FIELD`; the last is how a field named `key` is meant.
  package init(_ text: String) throws {
    guard text != "key" else {
      self = .key
      return
    }
    let name = text.hasPrefix("field.") ? String(text.dropFirst("field.".count)) : text
    guard !name.isEmpty else {
      throw ConfigurationError("--join: expected key or the name of a field, found \"\(text)\"")
    }
    self = .field(name)
  }

  /// The full name: `key`, `field.id`.
  package var name: String {
    switch self {
    case .key: "key"
    case .field(let name): "field.\(name)"
    }
  }

  /// What a record is matched by, as text for people; nil for a record that has none. A private value is none, and a row
  /// that cannot be read has no key of its own.
  func text(of observation: Observation) -> String? {
    switch self {
    case .key: observation.isUnreadableRow ? nil : observation.key.display
    case .field: value(of: observation).map { String($0.unicodeScalars.prefix(Self.mostScalars)) }
    }
  }

  /// Unicode scalars of a field's value that people are shown.
  private static let mostScalars = 200

  /// The digest of what a record is matched by; nil for a record that has none.
  func digest(of observation: Observation) -> Digest128? {
    switch self {
    case .key: observation.isUnreadableRow ? nil : Digest128(key: observation.key.bytes)
    case .field: value(of: observation).map { Digest128(key: Array($0.utf8)) }
    }
  }

  private func value(of observation: Observation) -> String? {
    guard case .field(let name) = self else { return nil }
    let field = observation.fields.first { ExactText.areEqual($0.name, name) }
    guard let field, field.privacy == nil else { return nil }
    let text = field.value.canonicalText
    return text.isEmpty ? nil : text
  }
}
