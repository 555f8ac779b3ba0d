import AssayCore

/// Fields that tell records or groups apart and say nothing of what they are like: new data has new ones by nature.
///
/// Whether they are there is compared; their values only where the schema names them in `drift.features` or
/// `drift.strata`.
extension ComparisonPlan {
  /// Why a field is one of them.
  package enum Identity: String, Sendable {
    case key = "the key of records"
    case role = "what records are told apart by"
    case group = "what records are grouped by"
    case apart = "what overlap.groups holds apart"
    case join = "what records are matched by"
  }

  /// What a schema says of identities, by feature.
  static func identities(_ schema: Schema) -> [String: Identity] {
    var identities: [String: Identity] = [:]
    func add(_ field: String?, _ identity: Identity) {
      guard let field else { return }
      identities[FeatureReference.field(field).fullName] = identity
    }
    for rule in schema.overlap { add(rule.kind.field, .apart) }
    add(schema.roles[.group], .group)
    add(schema.roles[.id], .role)
    add(schema.manifest?.idColumn, .key)
    return identities
  }

  /// The identities of two profiles whose values are not compared, by feature.
  func unlooked(_ reference: Profile, _ current: Profile) -> [String: Identity] {
    var all = identities
    for profile in [reference, current] {
      guard case .groups(let field) = profile.configuration.partition else { continue }
      all[FeatureReference.field(field).fullName] = .group
    }
    return all.filter { name, _ in overrides[name] == nil && !strata.contains(name) }
  }

  /// What a reader has to know of them; nil where no side has one.
  func identityNote(_ reference: Profile, _ current: Profile) -> String? {
    let names = unlooked(reference, current).filter { name, _ in
      [reference, current].contains { $0.whole.fields[String(name.dropFirst("field.".count))] != nil }
    }
    guard !names.isEmpty else { return nil }
    let list = names.sorted { $0.key < $1.key }.map { "\(DisplayText.name($0.key)) (\($0.value.rawValue))" }
    return "not compared, as new records have new ones: \(list.joined(separator: ", "))"
  }
}
