package import AssayCore

/// Which comparators look at which features, and beyond which statistic a feature has drifted.
package struct ComparisonPlan: Sendable {
  /// One comparator on one feature.
  package struct Test: Sendable, Hashable {
    /// Where the line is.
    package enum Threshold: Sendable, Hashable {
      /// The score informs and decides nothing.
      case none
      /// The comparator's own.
      case standard
      case value(Double)
    }

    /// An id with or without its revision.
    package var comparator: String
    package var threshold: Threshold
    /// Parameters by name, as the schema spells them.
    package var parameters: [String: String]

    package init(_ comparator: String, _ threshold: Threshold, parameters: [String: String] = [:]) {
      self.comparator = comparator
      self.threshold = threshold
      self.parameters = parameters
    }
  }

  /// False for `drift: off`: nothing is compared.
  package var isOn = true
  /// What the schema says of single features, by full name; these replace the defaults for their values.
  package var overrides: [String: [Test]] = [:]
  /// Fewer records than this on a side cannot tell a drift from chance.
  package var leastRecords: Int64 = 30

  package init() {}

  /// The tests of one view of a feature of which the schema says nothing.
  package func standardTests(of feature: ComparedFeature) -> [Test] {
    switch feature.aspect {
    case .presence: [Test("org.assay.missing-rate", .value(0.1))]
    case .kinds: [Test("org.assay.tv", .value(0.1))]
    case .hours, .weekdays, .lengths, .values: Self.tests(of: feature.form)
    }
  }

  /// An effect that never alarms by chance on samples of some size, and numbers to weigh it by. The thresholds: KS 0.2
  /// and V 0.2 as Deepchecks has them, KL 0.3 as the lectures on monitoring have it.
  private static func tests(of form: ComparedFeature.Form) -> [Test] {
    switch form {
    case .ordered:
      [
        Test("org.assay.ks", .value(0.2)), Test("org.assay.kl", .value(0.3)),
        Test("org.assay.wasserstein-iqr", .none),
      ]
    case .histogram: [Test("org.assay.kl", .value(0.3)), Test("org.assay.js", .none)]
    case .categories:
      [
        Test("org.assay.cramers-v", .value(0.2)), Test("org.assay.new-category", .value(0.05)),
        Test("org.assay.tv", .none),
      ]
    case .tally: [Test("org.assay.cramers-v", .value(0.2)), Test("org.assay.tv", .none)]
    case .presence: [Test("org.assay.missing-rate", .value(0.1))]
    case .incomparable: []
    }
  }
}

extension ComparisonPlan {
  /// The plan of a schema's `drift:`. A comparator without a threshold is held to its own.
  package init(_ declaration: DriftDeclaration) {
    self.init()
    isOn = declaration.isOn
    for (name, feature) in declaration.features {
      overrides[name] = [
        Test(
          feature.comparator ?? "org.assay.kl", feature.threshold.map { .value($0) } ?? .standard,
          parameters: feature.parameters)
      ]
    }
  }
}
