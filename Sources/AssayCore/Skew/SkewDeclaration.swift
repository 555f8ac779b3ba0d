/// What a schema says of skew: how far apart the same record may be in two places at the same time, and in how many
/// records.
package struct SkewDeclaration: Sendable, Hashable, Codable {
  /// What is said of one feature.
  package struct Feature: Sendable, Hashable, Codable {
    /// How far apart two numbers may be, in the feature's unit.
    package var tolerance: Double?
    /// How many matched records may disagree in it.
    package var max: Limit?

    package init(tolerance: Double? = nil, max: Limit? = nil) {
      self.tolerance = tolerance
      self.max = max
    }
  }

  /// The difference of reals, relative to the larger one, that is none.
  package var tolerance: Double
  /// How many matched records may disagree in any one feature; nil decides nothing.
  package var max: Limit?
  /// By full name.
  package var features: [String: Feature]
  package var terms: RuleTerms
  package var position: SourcePosition

  /// Reals that are computed twice on different machines agree to about ten digits; 1e-6 is far from that.
  package static let standardTolerance = 1e-6

  package init(
    tolerance: Double = standardTolerance, max: Limit? = nil, features: [String: Feature] = [:],
    terms: RuleTerms = RuleTerms(), position: SourcePosition
  ) {
    self.tolerance = tolerance
    self.max = max
    self.features = features
    self.terms = terms
    self.position = position
  }

  /// How many records may disagree in a feature; nil where that decides nothing.
  package func limit(of feature: String) -> Limit? { features[feature]?.max ?? max }

  /// Whether it decides anything.
  package var isRule: Bool { max != nil || features.values.contains { $0.max != nil } }

  /// How far apart two values of a feature may be.
  package func tolerance(of feature: String) -> SkewTolerance {
    features[feature]?.tolerance.map { .absolute($0) } ?? .relative(tolerance)
  }
}
