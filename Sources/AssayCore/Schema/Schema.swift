/// What a dataset is declared to be: the YAML, read and resolved, with every rule in one list.
package struct Schema: Sendable, Hashable, Codable {
  /// The version of the schema language: 1.
  package var version: Int
  package var dataset: String?
  package var environments: [String]
  /// Globs of members that are counted and otherwise passed over.
  package var ignore: [String]
  package var manifest: ManifestDeclaration?
  /// The default image first. Never empty for image data; a table has none.
  package var images: [ImageDeclaration]
  package var fields: [FieldDeclaration]
  package var recordRules: [RecordRule]
  package var setRules: [SetRule]
  package var plugins: [PluginUse]
  package var slices: [SliceDeclaration]
  package var roles: [Role: String]
  package var drift: DriftDeclaration
  /// What must not be on both sides of a comparison.
  package var overlap: [OverlapRule]

  /// A schema that declares nothing.
  package init(version: Int = 1) {
    self.version = version
    dataset = nil
    environments = []
    ignore = []
    manifest = nil
    images = [ImageDeclaration(name: "image")]
    fields = []
    recordRules = []
    setRules = []
    plugins = []
    slices = []
    roles = [:]
    drift = DriftDeclaration()
    overlap = []
  }

  /// Every name its rules may use.
  package var names: NameTable {
    NameTable(images: images.map(\.name), fields: fields, measurements: measurements)
  }

  /// What its plugins measure.
  package var measurements: [MeasuredFeature] {
    var seen: Set<String> = []
    return plugins.flatMap(\.measurements).filter { seen.insert($0.name).inserted }
  }
}

/// One named image of a record.
package struct ImageDeclaration: Sendable, Hashable, Codable {
  package var name: String
  /// Globs of the members that are this image; empty for the default image.
  package var members: [String]
  /// Thumbnails are dropped from the profile.
  package var isPrivate: Bool
  /// Which raw sample values occur is to be collected.
  package var needsSampleValues: Bool
  /// Whether an extension that names another format is a warning where no rule says more.
  package var checksExtension: Bool

  package init(
    name: String, members: [String] = [], isPrivate: Bool = false, needsSampleValues: Bool = false,
    checksExtension: Bool = true
  ) {
    self.name = name
    self.members = members
    self.isPrivate = isPrivate
    self.needsSampleValues = needsSampleValues
    self.checksExtension = checksExtension
  }
}

/// One metadata field.
package struct FieldDeclaration: Sendable, Hashable, Codable {
  package var name: String
  /// Nil where the schema does not say: then every value is taken as text and none is of the wrong type.
  package var type: FieldType?
  package var privacy: FieldPrivacy?

  package init(name: String, type: FieldType? = nil, privacy: FieldPrivacy? = nil) {
    self.name = name
    self.type = type
    self.privacy = privacy
  }
}

/// What a field must not tell.
package enum FieldPrivacy: Sendable, Hashable, Codable {
  case dropped
  case masked(MaskAlgorithm)
  case noPersonalData

  /// Whether the value never leaves a worker. Of a `no_pii` field only the values with a finding do not.
  package var hidesValue: Bool { self != .noPersonalData }
}

/// How a manifest is joined with its images.
package struct ManifestDeclaration: Sendable, Hashable, Codable {
  /// The column with the member's path.
  package var pathColumn: String?
  /// The column with the record's key, for tables without images.
  package var idColumn: String?
  package var stripPrefix: String?

  package init(pathColumn: String? = nil, idColumn: String? = nil, stripPrefix: String? = nil) {
    self.pathColumn = pathColumn
    self.idColumn = idColumn
    self.stripPrefix = stripPrefix
  }
}

/// One plugin with its parameters and the bounds on what it measures.
package struct PluginUse: Sendable, Hashable, Codable {
  /// The rule's id.
  package var id: String
  /// `reverse.domain.name/revision`.
  package var plugin: String
  /// What it measures: all its outputs once it was looked up, those that are bounded until then.
  package var measurements: [MeasuredFeature]
  /// How it is called; nil until it was looked up among the plugins that are there.
  package var call: PluginCall?
  package var terms: RuleTerms
  package var position: SourcePosition

  package init(
    id: String, plugin: String, measurements: [MeasuredFeature], call: PluginCall? = nil, terms: RuleTerms,
    position: SourcePosition
  ) {
    self.id = id
    self.plugin = plugin
    self.measurements = measurements
    self.call = call
    self.terms = terms
    self.position = position
  }
}

/// How a record is shown to a plugin.
package struct PluginCall: Sendable, Hashable, Codable {
  /// One value for each declared parameter, in their order.
  package var parameters: [Double]
  /// It gives findings, and not values.
  package var isInvariant: Bool
  package var needsPixels: Bool
  package var needsFields: Bool
  package var needsFeatures: Bool

  package init(
    parameters: [Double], isInvariant: Bool, needsPixels: Bool, needsFields: Bool, needsFeatures: Bool
  ) {
    self.parameters = parameters
    self.isInvariant = isInvariant
    self.needsPixels = needsPixels
    self.needsFields = needsFields
    self.needsFeatures = needsFeatures
  }
}

/// A part of the set that is profiled and compared on its own.
package struct SliceDeclaration: Sendable, Hashable, Codable {
  /// What decides that a record belongs.
  package enum Membership: Sendable, Hashable, Codable {
    /// The expression is true.
    case condition(SQLText)
    /// One slice for each value of the feature.
    case value(of: FeatureReference)
  }

  /// The slice's name, or for `by` the name before `=`.
  package var name: String
  package var membership: Membership
  package var maxSlices: Int
  /// Below it a slice is not judged.
  package var minRecords: Int
  package var position: SourcePosition

  package init(
    name: String, membership: Membership, maxSlices: Int = 32, minRecords: Int = 0, position: SourcePosition
  ) {
    self.name = name
    self.membership = membership
    self.maxSlices = maxSlices
    self.minRecords = minRecords
    self.position = position
  }
}

/// What a field means to monitoring.
package enum Role: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
  case label, prediction, confidence, corrected, id, time, group
}

/// How the set is compared with its references, as written; the drift engine fills in what is not.
package struct DriftDeclaration: Sendable, Hashable, Codable {
  /// How one feature is compared.
  package struct Feature: Sendable, Hashable, Codable {
    package var comparator: String?
    package var threshold: Double?
    package var direction: String?
    package var parameters: [String: String]

    package init(
      comparator: String? = nil, threshold: Double? = nil, direction: String? = nil,
      parameters: [String: String] = [:]
    ) {
      self.comparator = comparator
      self.threshold = threshold
      self.direction = direction
      self.parameters = parameters
    }
  }

  /// False for `drift: off`.
  package var isOn: Bool
  /// How often the set is compared, and how often a comparison may warn without drift.
  package var cadence: EventRate?
  package var falseAlarms: EventRate?
  /// The chance of any false warning in one comparison; in (0, 1).
  package var familyAlpha: Double?
  /// By full name; a bare `label` is `field.label` where that is what it means.
  package var features: [String: Feature]
  /// What to compare with, in the order of the schema.
  package var references: [DriftReference] = []
  /// How p-values are corrected for being many.
  package var correction: DriftFamily.Correction
  /// Features, by full name, whose values are the strata that moved features are told apart by.
  package var strata: [String] = []
  /// How many of several current sets have to alarm.
  package var alarmOn: AlarmRule?
  /// Drifts that somebody looked at and takes for what they are.
  package var accepted: [AcceptedDrift] = []
  /// How far apart one record may be in two places.
  package var skew: SkewDeclaration?

  package init(
    isOn: Bool = true, cadence: EventRate? = nil, falseAlarms: EventRate? = nil, familyAlpha: Double? = nil,
    features: [String: Feature] = [:],
    correction: DriftFamily.Correction = .benjaminiHochberg, alarmOn: AlarmRule? = nil
  ) {
    self.isOn = isOn
    self.cadence = cadence
    self.falseAlarms = falseAlarms
    self.familyAlpha = familyAlpha
    self.features = features
    self.correction = correction
    self.alarmOn = alarmOn
  }
}
