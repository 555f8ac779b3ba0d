import AssayCore
import AssayRules

/// Records and rules for tests, with every detail that a test does not care about.
enum RecordForge {
  /// A 640 x 480 colour JPEG, changed by `features`.
  static func image(
    _ name: String, outcome: DecodeOutcome = .ok, _ features: [BuiltinFeature: Value] = [:],
    sampleValues: [UInt16]? = nil
  ) -> ImageObservation {
    let usual: [BuiltinFeature: Value] = [
      .format: .text("jpeg"), .fileExtension: .text("jpg"), .width: .integer(640), .height: .integer(480),
      .bitDepth: .integer(8), .gps: .boolean(false), .grayExact: .boolean(false), .nearGray: .boolean(false),
      .brightness: .real(0.5), .orientation: .text("1"),
    ]
    var values = BuiltinFeature.noValues
    for (feature, value) in usual.merging(features, uniquingKeysWith: { $1 }) {
      values[feature.rawValue] = value
    }
    return ImageObservation(name: name, outcome: outcome, features: values, sampleValues: sampleValues)
  }

  /// The same under the default name.
  static func image(outcome: DecodeOutcome = .ok, _ features: [BuiltinFeature: Value] = [:])
    -> ImageObservation
  {
    image("image", outcome: outcome, features)
  }

  static func record(
    images: [ImageObservation] = [image()], fields: [String: Value] = [:], typed: Bool = false,
    measurements: [NamedValue] = [], checksums: [ChecksumAlgorithm: String] = [:]
  ) -> RecordView {
    RecordView(
      images: images,
      fields: fields.sorted { $0.key < $1.key }.map { NamedValue(name: $0.key, value: $0.value) },
      areFieldsTyped: typed, measurements: measurements, checksums: checksums)
  }

  static let position = SourcePosition(file: "schema.yaml", line: 3, column: 11)

  /// The fields that expressions in tests may use.
  static let fields = [
    FieldDeclaration(name: "label", type: .string), FieldDeclaration(name: "age", type: .integer),
    FieldDeclaration(name: "taken", type: .timestamp), FieldDeclaration(name: "fixed", type: .boolean),
    FieldDeclaration(name: "user", type: .string, privacy: .masked(.sha256)),
  ]

  static func checker(
    _ rules: [RecordRule], fields: [FieldDeclaration] = fields, images: [String] = ["image"],
    measurements: [MeasuredFeature] = [], slices: [SliceDeclaration] = []
  ) throws(SchemaError) -> RecordChecker {
    try RecordChecker(
      RecordRules(
        rules: rules, images: images.map { ImageDeclaration(name: $0) }, fields: fields,
        measurements: measurements, slices: slices))
  }

  static func assertion(_ sql: String, _ terms: RuleTerms = RuleTerms()) -> RecordRule {
    RecordRule(
      id: "rule", subject: .record, check: .assert(SQLText(sql, position: position)), terms: terms,
      position: position)
  }

  static func rule(_ reference: FeatureReference, _ check: RecordCheck, _ terms: RuleTerms = RuleTerms())
    -> RecordRule
  {
    RecordRule(id: "rule", subject: .feature(reference), check: check, terms: terms, position: position)
  }

  /// What one field rule says of one value.
  static func state(
    of check: RecordCheck, type: FieldType? = nil, privacy: FieldPrivacy? = nil, _ value: Value,
    typed: Bool = false
  ) throws -> RuleState {
    try judgement(of: check, type: type, privacy: privacy, value, typed: typed).ruleStates[0]
  }

  static func judgement(
    of check: RecordCheck, type: FieldType? = nil, privacy: FieldPrivacy? = nil, _ value: Value,
    typed: Bool = false
  ) throws -> RecordJudgement {
    let field = FieldDeclaration(name: "f", type: type, privacy: privacy)
    return try checker([rule(.field("f"), check)], fields: [field])
      .check(record(fields: ["f": value], typed: typed))
  }
}
