package import AssayCore

/// Which comparators look at which features, and which effects matter.
package struct ComparisonPlan: Sendable {
  /// One comparator on one feature.
  package struct Test: Sendable, Hashable {
    /// The effect that matters.
    package enum Floor: Sendable, Hashable {
      /// The score informs and decides nothing.
      case none
      /// The comparator's own.
      case standard
      case value(Double)
    }

    /// An id with or without its revision.
    package var comparator: String
    package var floor: Floor
    /// An effect that is a break whatever the records have to do with each other; nil where none is.
    package var breakFloor: Double?
    /// Parameters by name, as the schema spells them.
    package var parameters: [String: String]

    package init(
      _ comparator: String, _ floor: Floor, breakFloor: Double? = nil, parameters: [String: String] = [:]
    ) {
      self.comparator = comparator
      self.floor = floor
      self.breakFloor = breakFloor
      self.parameters = parameters
    }
  }

  /// False for `drift: off`: nothing is compared.
  package var isOn = true
  /// What the schema says of single features, by full name; these replace the defaults for their values.
  package var overrides: [String: [Test]] = [:]
  /// How often a comparison may warn without drift.
  package var rate: FalseAlarmRate = .standard
  package var correction = DriftFamily.Correction.benjaminiHochberg
  /// Features, by full name, whose values tell a change of shares apart from a change inside.
  package var strata: [String] = []
  /// How many of several current sets have to alarm; nil where the schema does not say.
  package var alarmOn: AlarmRule?
  /// What a model makes of fields, by the full name of their feature: `label`, or `label, group`.
  package var roles: [String: String] = [:]
  /// Fields that tell records apart, by the full name of their feature.
  package var identities: [String: Identity] = [:]
  /// Drifts that somebody looked at and takes for what they are.
  package var accepted: [AcceptedDrift] = []
  /// Today as `YYYY-MM-DD`, to say which of those still hold.
  package var today: String?

  package init() {}

  /// The tests of one view of a feature of which the schema says nothing; chance is held against the first.
  package func standardTests(of feature: ComparedFeature) -> [Test] {
    switch feature.aspect {
    case .presence: [Test("org.assay.missing-rate", .value(0.1), breakFloor: 0.4)]
    case .kinds: [Test("org.assay.tv", .value(0.1), breakFloor: 0.1)]
    case .hours, .weekdays, .lengths, .values: Self.tests(of: feature)
    }
  }

  /// Effects a reader can picture: the largest gap between two distribution functions, the share of records that moved.
  /// Two fifths of everything are a break of any feature, a tenth of what the camera or the encoder decides. KL 0.3 is what
  /// lectures on monitoring have it for intensities.
  private static func tests(of feature: ComparedFeature) -> [Test] {
    let breakFloor =
      breaks.contains(feature.name.split(separator: ".").last.map(String.init) ?? "") ? 0.1 : 0.4
    switch feature.form {
    case .ordered:
      return [
        Test("org.assay.ks", .value(0.1), breakFloor: breakFloor), Test("org.assay.wasserstein-iqr", .none),
      ]
    case .histogram: return [Test("org.assay.js", .none), Test("org.assay.kl", .value(0.3), breakFloor: 0.3)]
    case .jointHistogram:
      return [Test("org.assay.js", .none), Test("org.assay.tv", .value(0.3), breakFloor: 0.3)]
    case .categories:
      return [
        Test("org.assay.chi-square", .none), Test("org.assay.tv", .value(0.1), breakFloor: breakFloor),
        Test("org.assay.new-category", .value(0.05), breakFloor: max(breakFloor, 0.25)),
      ]
    case .tally:
      return [Test("org.assay.chi-square", .none), Test("org.assay.tv", .value(0.1), breakFloor: breakFloor)]
    case .presence: return [Test("org.assay.missing-rate", .value(0.1), breakFloor: 0.4)]
    // Thumbnails say less than the columns do, and cost more: only where the schema asks.
    case .vectors:
      return feature.name == "image.thumbnail" ? [] : [Test("org.assay.mmd", .value(0.05), breakFloor: 0.05)]
    case .incomparable: return []
    }
  }

  /// What a camera or an encoder decides for all records at once.
  private static let breaks: Set<String> = [
    "format", "resolution", "width", "height", "color_model", "channels", "bit_depth", "gray_exact",
    "near_gray",
    "outcome",
  ]
}

extension ComparisonPlan {
  /// The plan of a schema's `drift:` and `roles:`, for one of its references where that is named.
  package init(_ schema: Schema, today: String? = nil, reference: String? = nil) {
    self.init(schema.drift, today: today, reference: reference)
    identities = Self.identities(schema)
    for role in Role.allCases {
      guard let field = schema.roles[role] else { continue }
      let name = FeatureReference.field(field).fullName
      roles[name] = roles[name].map { "\($0), \(role.rawValue)" } ?? role.rawValue
    }
  }

  /// The plan of a `drift:` alone. A comparator without a threshold is held to its own.
  package init(_ declaration: DriftDeclaration, today: String? = nil, reference: String? = nil) {
    self.init()
    isOn = declaration.isOn
    rate = FalseAlarmRate(declaration)
    correction = declaration.correction
    strata = declaration.strata
    alarmOn = declaration.alarmOn
    accepted = declaration.accepted.filter { $0.reference == nil || $0.reference == reference }
    self.today = today
    for (name, feature) in declaration.features {
      overrides[name] = [
        Test(
          feature.comparator ?? "org.assay.kl", feature.threshold.map { .value($0) } ?? .standard,
          parameters: feature.parameters)
      ]
    }
  }
}
