import AssayCore
import AssayEngine
import AssayRules
import AssayTestSupport

/// A set of records made up from a seed, and everything that judging it needs.
struct SetForge: SetFacts, InferenceFacts {
  var records: [RecordView]
  var hasImages: Bool { true }
  var recordCount: Int { records.count }

  /// Records as a camera and people make them: rare categories, gaps, long tails and some broken images.
  init(count: Int, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    records = (0..<count).map { index in SetForge.record(index, &generator) }
  }

  init(records: [RecordView]) { self.records = records }

  private static func record(_ index: Int, _ generator: inout SplitMix64) -> RecordView {
    func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
    func uniform() -> Double { Double.random(in: 0..<1, using: &generator) }
    let bell = (uniform() + uniform() + uniform() + uniform()) / 4
    var image = ImageObservation(name: "image", outcome: chance(0.004) ? .damaged : .ok)
    let facts: [BuiltinFeature: Value] = [
      .format: .text("jpeg"), .fileExtension: .text("jpg"), .width: .integer(640), .height: .integer(480),
      .resolution: .text("640x480"), .bitDepth: .integer(8), .gps: .boolean(false),
      .grayExact: .boolean(true),
      .nearGray: .boolean(true), .brightness: .real(bell), .contrast: .real(bell * bell / 2),
    ]
    for (feature, value) in facts { image.features[feature.rawValue] = value }
    let labels = ["stop", "yield", "limit", "exit"]
    // Rare things: in one, two, three ... records of the set.
    let rare = [3: "rare1", 50: "rare2", 51: "rare2", 70: "rare3", 71: "rare3", 72: "rare3"][index]
    let number = chance(0.9) ? bell * 100 : 1 / (uniform() + 0.0001)
    let digits = String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 16)
    let digest = String(repeating: "0", count: 64 - digits.count) + digits
    let fields: [(String, Value)] = [
      ("label", .text(rare ?? labels[Int(uniform() * uniform() * 4)])),
      ("age", .text(String(Int(bell * 90)))),
      ("weight", .text(String(number))), ("camera", chance(0.3) ? .missing : .text("C\(Int(uniform() * 5))")),
      ("note", chance(0.97) ? .missing : .text("n\(index)")), ("user", .text(digest)),
      ("id", .text(String(index * 7 + 3))),
      ("taken", .text("2026-03-01T12:00:00Z")), ("checked", .text(chance(0.5) ? "true" : "false")),
    ]
    return RecordView(images: [image], fields: fields.map { NamedValue(name: $0.0, value: $0.1) })
  }

  /// The set with some records changed.
  func changing(_ share: Double = 1, _ change: (inout RecordView) -> Void) -> SetForge {
    var copy = self
    for index in 0..<Int(Double(records.count) * share) { change(&copy.records[index]) }
    return copy
  }

  // MARK: Facts

  var fieldNames: [String] { records.first?.fields.map(\.name) ?? [] }

  func count(of kind: RecordClass) -> Share? {
    let outcomes = records.map { $0.images[0].outcome }
    switch kind {
    case .corrupt: return Share(part: outcomes.count { $0.isCorrupt }, whole: records.count)
    case .duplicates, .duplicateKeys: return Share(part: 0, whole: records.count)
    default: return Share(part: outcomes.count { $0.name == kind.rawValue }, whole: records.count)
    }
  }

  func orphans(_ kind: OrphanKind) -> Share? { nil }
  func share(of value: String, in feature: FeatureReference) -> Share? { nil }
  func mean(of feature: FeatureReference) -> Double? { nil }
  func counts(of metric: Metric) -> MetricCounts? { nil }
  func quantile(_ order: Double, of feature: FeatureReference) -> Double? { nil }

  func column(_ reference: FeatureReference) -> ColumnFacts? {
    let values = records.map { value(reference, $0) }
    let texts = values.filter { !$0.isMissing }.map(\.canonicalText)
    var facts = ColumnFacts(present: texts.count, missing: values.count - texts.count)
    for type in FieldType.allCases where type != .boolean {
      facts.readable[type] = texts.count {
        type.parsing($0) != nil && !(type == .timestamp && Timestamp($0) == nil)
      }
    }
    facts.readable[.boolean] = texts.count { $0 == "true" || $0 == "false" }
    let numbers = texts.compactMap { FieldType.number.parsing($0)?.number }.sorted()
    (facts.min, facts.max) = (numbers.first, numbers.last)
    facts.median = numbers.isEmpty ? nil : numbers[numbers.count / 2]
    let categories = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +)
    facts.categories = categories.count <= 4_096 ? categories : nil
    facts.distinct = Double(categories.count)
    let shapes = Set(texts.map { MaskShape(of: $0) })
    if shapes.count == 1, case .digest(let algorithm)? = shapes.first { facts.mask = algorithm }
    return facts
  }

  private func value(_ reference: FeatureReference, _ record: RecordView) -> Value {
    switch reference {
    case .image(_, let feature):
      let isKnown = feature.definition.origin == .header || record.images[0].outcome == .ok
      return isKnown ? record.images[0].features[feature.rawValue] : .missing
    case .field(let name): return record.fields.first { $0.name == name }?.value ?? .missing
    case .measurement: return .missing
    }
  }

  // MARK: Judging

  /// What the schema says of the set.
  func results(_ schema: Schema) throws -> [RuleResult] {
    let compiled = try schema.compiled(for: nil)
    let checker = try RecordChecker(compiled.recordRules)
    var tallies = RuleTallies(ruleCount: compiled.recordRules.rules.count)
    for (index, record) in records.enumerated() {
      let judgement = checker.check(record)
      tallies.observe(
        Observation(
          key: RecordKey("\(index)"), locator: Locator(source: "set"), findings: judgement.findings,
          ruleStates: judgement.ruleStates), rules: compiled.recordRules)
    }
    return RuleJudge(compiled).results(tallies, self)
  }

  /// The rules that fail.
  func failures(_ schema: Schema) throws -> [String] {
    try results(schema).filter { $0.verdict == .fail }.map(\.rule)
  }
}
