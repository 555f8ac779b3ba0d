package import AssayCore

/// Which comparators look at which features, and above which statistic a feature has drifted.
package struct ComparisonPlan: Sendable {
  /// One comparator on one feature.
  package struct Test: Sendable, Hashable {
    package var comparator: String
    /// Nil: the score informs and decides nothing.
    package var threshold: Double?

    package init(_ comparator: String, threshold: Double?) {
      self.comparator = comparator
      self.threshold = threshold
    }
  }

  /// What the schema says of single features, by full name; these replace the defaults.
  package var overrides: [String: [Test]] = [:]
  /// Fewer records than this on a side cannot tell a drift from chance.
  package var leastRecords: Int64 = 30

  package init() {}

  /// The tests of one feature: the schema's, else the defaults of its form.
  package func tests(of feature: ComparedFeature) -> [Test] {
    if let chosen = overrides[feature.name] { return chosen }
    return switch feature.form {
    case .ordered:
      [
        Test("org.assay.ks", threshold: 0.2), Test("org.assay.kl", threshold: 0.3),
        Test("org.assay.wasserstein", threshold: nil),
      ]
    case .histogram: [Test("org.assay.kl", threshold: 0.3), Test("org.assay.js", threshold: nil)]
    case .categories:
      [
        Test("org.assay.cramers-v", threshold: 0.2), Test("org.assay.new-category", threshold: 0.05),
        Test("org.assay.tv", threshold: nil),
      ]
    }
  }
}
