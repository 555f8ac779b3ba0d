package import AssayCore

/// A record as the checker sees it, with every value still in clear. It stays in the worker.
package struct RecordView: Sendable {
  /// The default image first.
  package var images: [ImageObservation]
  package var fields: [NamedValue]
  /// Whether the fields' source tells text from numbers, as JSON does and CSV cannot.
  package var areFieldsTyped: Bool
  package var measurements: [NamedValue]
  /// What became of showing it to each of `RecordRules.plugins`.
  package var plugins: [PluginOutcome]
  /// Digests of the default image's bytes in lower-case hexadecimal, of the algorithms that
  /// `RecordRules.checksums` asks for.
  package var checksums: [ChecksumAlgorithm: String]
  /// Of a record that is judged again, the fields whose values an earlier run kept to itself; `fields` has nothing
  /// under their names.
  package var withheld: [String: PrivateFacts] = [:]
  /// What rules found then.
  package var recordedFindings: [Finding] = []

  package init(
    images: [ImageObservation] = [], fields: [NamedValue] = [], areFieldsTyped: Bool = false,
    measurements: [NamedValue] = [], plugins: [PluginOutcome] = [],
    checksums: [ChecksumAlgorithm: String] = [:]
  ) {
    self.images = images
    self.fields = fields
    self.areFieldsTyped = areFieldsTyped
    self.measurements = measurements
    self.plugins = plugins
    self.checksums = checksums
  }
}

extension RecordView {
  /// What is told of a value that is not there. Nearly no record has one, and then no name is hashed.
  func facts(ofWithheld name: String) -> PrivateFacts? { withheld.isEmpty ? nil : withheld[name] }
}

/// What the rules say of one record: the parts of its observation that depend on the schema.
package struct RecordJudgement: Sendable, Hashable {
  /// The fields as they may leave the worker: without private values.
  package var fields: [FieldObservation] = []
  /// Fields that the rules do not declare, where they declare any.
  package var undeclaredFields: [String] = []
  package var findings: [Finding] = []
  /// Ids of the rules and slices that came to NULL.
  package var notEvaluated: [String] = []
  package var ruleStates = RuleStates()
  package var uniqueKeys: [UniqueKey] = []
  package var slices: [String] = []
}
