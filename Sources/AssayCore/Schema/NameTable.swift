/// Every name that a schema's rules, expressions and slices may use, and what it means.
package struct NameTable: Sendable {
  /// What is known of a name.
  package struct Entry: Sendable, Hashable {
    package var reference: FeatureReference
    package var kind: NameKind
    /// A private field's value may be tested and never shown.
    package var isPrivate: Bool

    package init(reference: FeatureReference, kind: NameKind, isPrivate: Bool = false) {
      self.reference = reference
      self.kind = kind
      self.isPrivate = isPrivate
    }
  }

  /// Why a name means nothing.
  package enum Failure: Error, Hashable {
    case unknown(nearest: String?)
    /// Every full name it could mean, sorted.
    case ambiguous([String])
  }

  private var byFullName: [String: Entry] = [:]
  private var byBareName: [String: [String]] = [:]

  /// The names of these images' built-in features, these fields and these measurements.
  package init(images: [String], fields: [FieldDeclaration], measurements: [MeasuredFeature]) {
    for image in images {
      for feature in BuiltinFeature.allCases {
        add(.image(image, feature), NameKind(feature.definition.kind))
      }
    }
    for field in fields {
      add(.field(field.name), NameKind(field.type ?? .string), isPrivate: field.privacy?.hidesValue ?? false)
    }
    if !fields.contains(where: { $0.name == "folder" }) { add(.field("folder"), .text) }
    for measurement in measurements { add(.measurement(measurement.name), measurement.kind) }
  }

  private mutating func add(_ reference: FeatureReference, _ kind: NameKind, isPrivate: Bool = false) {
    let entry = Entry(reference: reference, kind: kind, isPrivate: isPrivate)
    guard byFullName.updateValue(entry, forKey: reference.fullName) == nil else { return }
    byBareName[reference.bareName, default: []].append(reference.fullName)
  }

  /// What the name means: a full name, or a bare one that only one full name ends in.
  package func resolve(_ name: String) -> Result<Entry, Failure> {
    if let entry = byFullName[name] { return .success(entry) }
    let matches = byBareName[name] ?? []
    if matches.count > 1 { return .failure(.ambiguous(matches.sorted())) }
    if let match = matches.first, let entry = byFullName[match] { return .success(entry) }
    return .failure(.unknown(nearest: nearest(to: name)))
  }

  /// The same, as an issue of the schema where it fails.
  package func resolve(_ name: String, at position: SourcePosition) -> Result<Entry, SchemaIssue> {
    resolve(name).mapError { failure in
      switch failure {
      case .unknown(let nearest):
        SchemaIssue(
          position, "unknown name \"\(name)\"; expected a feature, a declared field or a measurement",
          suggestion: nearest)
      case .ambiguous(let names):
        SchemaIssue(
          position, "ambiguous name \"\(name)\": it is \(names.joined(separator: " and ")); write one of them"
        )
      }
    }
  }

  private func nearest(to name: String) -> String? {
    let isFull = name.contains(".") || name.contains(":")
    return nearestWord(to: name, among: isFull ? byFullName.keys.sorted() : byBareName.keys.sorted())
  }
}

/// What the value of a name is to a rule or an expression.
package enum NameKind: String, Sendable, Hashable, Codable {
  case number, text, flag
  /// Text in SQL, `YYYY-MM-DDThh:mm:ssZ`; seconds to bounds.
  case timestamp

  /// What values of a feature of that kind are.
  package init(_ kind: FeatureKind) {
    switch kind {
    case .integer, .real: self = .number
    case .category, .identity: self = .text
    case .flag: self = .flag
    }
  }

  /// What values of a field of that type are.
  package init(_ type: FieldType) {
    switch type {
    case .string: self = .text
    case .integer, .number: self = .number
    case .boolean: self = .flag
    case .timestamp: self = .timestamp
    }
  }
}

/// A feature that a plugin measures.
package struct MeasuredFeature: Sendable, Hashable, Codable {
  /// `PLUGIN-ID:NAME`.
  package var name: String
  package var kind: NameKind

  package init(name: String, kind: NameKind = .number) {
    self.name = name
    self.kind = kind
  }
}
