/// In which respect a record of the current set may be in the reference too.
package enum OverlapKind: Sendable, Hashable, Codable {
  /// The same bytes of its default image, or the same row.
  case exact
  /// A perceptual hash that differs in at most so many of its 63 bits. A copy is near itself.
  case near(radius: Int)
  /// Near only once it is flipped, rotated or both: the seven other symmetries of a rectangle.
  case turned(radius: Int)
  /// The same value of that field: one patient, one session.
  case group(field: String)

  /// The radius that is meant where a schema says none.
  package static let standardRadius = 6

  /// The word for it in schemas and reports.
  package var word: String {
    switch self {
    case .exact: "exact"
    case .near: "near"
    case .turned: "turned"
    case .group: "group"
    }
  }

  /// What it looks at, where the word does not say it.
  package var radius: Int? {
    switch self {
    case .near(let radius), .turned(let radius): radius
    case .exact, .group: nil
    }
  }

  /// The field of a group.
  package var field: String? { if case .group(let field) = self { field } else { nil } }

  /// What a record that counts does, in words behind "of 120 current records".
  package var predicate: String {
    switch self {
    case .exact: "have the content of a reference record"
    case .near(let radius):
      "look like a reference record (at most \(radius) of 63 hash bits apart; copies do)"
    case .turned(let radius):
      "look like a reference record only once flipped or rotated (at most \(radius) of 63 hash bits apart)"
    case .group(let field): "have a field.\(field) that a reference record has"
    }
  }
}

/// One bound on how much of the current set may be in the reference.
package struct OverlapRule: Sendable, Hashable, Codable {
  /// Stable: the rule's path in the schema (`overlap.near`, `overlap.groups.patient_id`), or its own.
  package var id: String
  package var kind: OverlapKind
  /// The most current records, or the largest share of all of them.
  package var max: Limit
  package var terms: RuleTerms
  package var position: SourcePosition

  package init(
    id: String, kind: OverlapKind, max: Limit, terms: RuleTerms = RuleTerms(), position: SourcePosition
  ) {
    self.id = id
    self.kind = kind
    self.max = max
    self.terms = terms
    self.position = position
  }

  /// The code of its result.
  package var code: FindingCode {
    switch kind {
    case .exact: .overlapExact
    case .near: .overlapNear
    case .turned: .overlapTurned
    case .group: .overlapGroup
    }
  }
}
