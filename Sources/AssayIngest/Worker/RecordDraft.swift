import AssayCore
import AssayRules

/// A record while its parts come in: images, fields in clear, and what went wrong on the way.
struct RecordDraft {
  var key: RecordKey
  var locator: Locator
  var images: [ImageObservation] = []
  private(set) var fields: [NamedValue] = []
  /// Whether every source of fields told text from numbers.
  private(set) var areFieldsTyped = true
  var measurements: [NamedValue] = []
  /// What became of showing it to each plugin of the rules.
  var plugins: [PluginOutcome] = []
  var checksums: [ChecksumAlgorithm: String] = [:]
  /// SHA-256 of the default image.
  var contentDigest: [UInt8] = []
  /// SHA-256 of every image whose bytes were there, by name.
  var imageDigests: [String: [UInt8]] = [:]
  /// Fields that only say where the record lies.
  private var derivedFields: Set<String> = []
  /// Whether the record is a row that stands for itself: its fields are its content, and complete its key.
  var isKeyedByFields = false
  /// The record's digest as an earlier run gave it.
  private var recordedDigest: [UInt8] = []
  var findings: [Finding] = []
  /// Fields whose values an earlier run kept to itself.
  private var withheld: [String: PrivateFacts] = [:]
  /// What rules found in that run.
  private var recordedFindings: [Finding] = []

  init(_ item: WorkItem) {
    key = item.key
    locator = item.locator
  }

  /// A record that was observed before. Private values are not in it, only what may be told of them.
  init(_ row: RecordedRow, checksums wanted: Set<ChecksumAlgorithm>) {
    key = row.key
    locator = row.locator
    images = row.images
    measurements = row.measurements
    contentDigest = row.contentDigest
    recordedDigest = row.recordDigest
    if let image = images.first, !contentDigest.isEmpty {
      imageDigests[image.name] = contentDigest
      if wanted.contains(.sha256) { checksums[.sha256] = Hex.encode(bytes: contentDigest) }
    }
    findings = row.findings
    recordedFindings = row.ruleFindings
    withheld = Dictionary(
      row.privateFields.map { ($0.name, $0.facts) }, uniquingKeysWith: { first, _ in first })
    fields = row.fields.filter { withheld[$0.name] == nil }
    fields += row.privateFields.map { NamedValue(name: $0.name, value: .missing) }
    noteFolder()
  }

  /// Adds fields; a later source overrides an earlier one.
  mutating func add(_ added: [NamedValue], isTyped: Bool) {
    if fields.isEmpty {
      fields = added
    } else {
      let names = Set(added.map(\.name))
      fields.removeAll { names.contains($0.name) }
      fields += added
    }
    areFieldsTyped = areFieldsTyped && isTyped
  }

  /// The folder directly around the record is the field `folder`, and the label when nothing else says what that is.
  ///
  /// It is that of the key and not of the member's path, so that differently packed copies agree in it as well.
  mutating func addFolder() {
    let parent = EntryName(key.bytes).parentName
    guard !parent.isEmpty else { return }
    let folder = Value.text(EscapedBytes.text(parent))
    for name in ["folder", "label"] where !fields.contains(where: { $0.name == name }) {
      fields.append(NamedValue(name: name, value: folder))
      derivedFields.insert(name)
    }
  }

  /// Tells which fields of a recorded row only say where the record lay.
  private mutating func noteFolder() {
    guard let folder = fields.first(where: { $0.name == "folder" })?.value else { return }
    derivedFields = ["folder"]
    if fields.contains(where: { $0.name == "label" && $0.value == folder }) { derivedFields.insert("label") }
  }

  var view: RecordView {
    var view = RecordView(
      images: images, fields: fields, areFieldsTyped: areFieldsTyped, measurements: measurements,
      plugins: plugins, checksums: checksums)
    view.withheld = withheld
    view.recordedFindings = recordedFindings
    return view
  }

  /// The group, unless its field is private: then records have none.
  private func group(_ field: String, _ judgement: RecordJudgement) -> String? {
    let isPrivate = judgement.fields.contains { $0.name == field && $0.privacy != nil }
    return isPrivate ? nil : value(of: field)?.canonicalText
  }

  /// Seconds since 1970 of an RFC 3339 text or an epoch number.
  private func time(_ field: String, _ judgement: RecordJudgement) -> Int64? {
    let isPrivate = judgement.fields.contains { $0.name == field && $0.privacy != nil }
    guard !isPrivate, let value = value(of: field),
      case .integer(let seconds) = FieldType.timestamp.reading(value, isTyped: false)
    else { return nil }
    return seconds
  }

  /// The value of a field; nil where there is none.
  func value(of name: String) -> Value? { fields.first { $0.name == name && !$0.value.isMissing }?.value }

  /// The observation, once the rules have spoken: only then it is known what of the fields is private.
  func observation(_ judgement: RecordJudgement, _ plan: RecordReadingPlan, _ order: FieldOrder)
    -> Observation
  {
    var observation = Observation(
      key: key, locator: locator, images: images, fields: judgement.fields, measurements: measurements,
      contentDigest: contentDigest, recordDigest: recordedDigest,
      findings: findings + judgement.findings, notEvaluated: judgement.notEvaluated,
      ruleStates: judgement.ruleStates, uniqueKeys: judgement.uniqueKeys, slices: judgement.slices,
      group: plan.groupField.flatMap { group($0, judgement) },
      time: plan.timeField.flatMap { time($0, judgement) })
    observation.undeclaredFields = judgement.undeclaredFields.filter {
      !derivedFields.contains($0) && $0 != plan.pathField && $0 != plan.idField
    }
    observation.groupKeys = plan.overlap?.keys(of: self) ?? []
    if recordedDigest.isEmpty { identify(&observation, plan, order) }
    if !plan.tellsFacts { observation.forgetFacts() }
    return observation
  }

  /// Gives the record its digest, and a row that stands for itself its key and content.
  ///
  /// Rows that differ in nothing but private values have one key: a number behind it would depend on their order.
  private func identify(
    _ observation: inout Observation, _ plan: RecordReadingPlan, _ order: FieldOrder
  ) {
    let contents = CanonicalRecord(
      images: images.map { ($0.name, imageDigests[$0.name] ?? []) },
      fields: observation.fields.filter { !derivedFields.contains($0.name) }, order: order)
    if isKeyedByFields {
      observation.contentDigest = contents.fieldsDigest
      let digest = Hex.encode(bytes: Array(observation.contentDigest.prefix(16)))
      observation.key.append(declaredKey(plan, observation.fields) ?? RecordKey(digest))
    }
    observation.recordDigest = contents.digest(key: observation.key)
  }

  /// The value of the field that the schema takes keys from, unless it is private.
  private func declaredKey(_ plan: RecordReadingPlan, _ observed: [FieldObservation]) -> RecordKey? {
    guard let field = plan.idField, let value = value(of: field),
      !observed.contains(where: { $0.name == field && $0.privacy != nil })
    else { return nil }
    return RecordKey(value.canonicalText)
  }
}
