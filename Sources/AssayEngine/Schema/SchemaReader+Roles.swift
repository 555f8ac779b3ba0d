import AssayCore

extension SchemaReader {
  /// Reads `roles`: the fields that say what a model predicted and what is true.
  func readRoles(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "roles", log: log) else { return }
    for role in Role.allCases {
      guard let value = mapping.take(role.rawValue), let name = log.text(value),
        let entry = resolve(name, at: value.position)
      else { continue }
      if let field = roleField(role, entry, at: value.position) { schema.roles[role] = field }
    }
    mapping.finish()
  }

  private func roleField(_ role: Role, _ entry: NameTable.Entry, at position: SourcePosition) -> String? {
    let name = entry.reference.fullName
    guard case .field(let field) = entry.reference else {
      return log.none(position, "a field is expected for the role \(role.rawValue), \(name) found")
    }
    guard !entry.isPrivate else {
      return log.none(
        position, "\(name) is private: nothing can be counted of it for the role \(role.rawValue)")
    }
    if let type = role.typeExpected, entry.kind != type {
      return log.none(
        position,
        "\(name) has the role \(role.rawValue): its field says type: \(type == .flag ? "boolean" : "number")")
    }
    if role.isMeasured, let other = schema.roles.first(where: { $0.key.isMeasured && $0.value == field })?.key
    {
      return log.none(position, "\(name) has the role \(other.rawValue) already")
    }
    return field
  }
}

extension Role {
  /// What its field has to be; nil where anything will do.
  fileprivate var typeExpected: NameKind? {
    switch self {
    case .confidence: .number
    case .corrected: .flag
    case .label, .prediction, .id, .time, .group: nil
    }
  }

  /// Whether metrics are measured of it, so that no other measured role can be the same.
  fileprivate var isMeasured: Bool {
    switch self {
    case .label, .prediction, .confidence, .corrected: true
    case .id, .time, .group: false
    }
  }
}
