import AssayCore
import AssayEngine
import AssayRules
import AssayTestSupport
import Testing

struct InferenceTests {
  private static let set = SetForge(count: 1_000, seed: 42)

  private static func schema(of set: SetForge) throws -> Schema {
    let text = InferredSchema(from: set, dataset: "made-up").text
    return try SchemaFile(path: "inferred.yaml") { _ in Array(text.utf8) }.schema
  }

  @Test func aSetPassesItsOwnSchema() throws {
    #expect(try InferenceTests.set.failures(InferenceTests.schema(of: InferenceTests.set)) == [])
  }

  @Test(arguments: [200, 600])
  func oneHalfsSchemaPassesTheOtherInNinetyFiveSplitsOfAHundred(count: Int) throws {
    var generator = SplitMix64(seed: 5)
    let records = SetForge(count: count, seed: 9).records
    var failed: [[String]] = []
    for _ in 0..<100 {
      let shuffled = records.shuffled(using: &generator)
      let schema = try InferenceTests.schema(of: SetForge(records: Array(shuffled[..<(count / 2)])))
      let failures = try SetForge(records: Array(shuffled[(count / 2)...])).failures(schema)
      if !failures.isEmpty { failed.append(failures) }
    }
    #expect(failed.count <= 5, "\(failed)")
  }

  /// Each thing that must fail, with the rule that must say so.
  private static let faults: [(rule: String, share: Double, change: @Sendable (inout RecordView) -> Void)] = [
    ("images.image.width", 1, { $0.images[0].features[BuiltinFeature.width.rawValue] = .integer(1_024) }),
    ("images.image.color", 1, { $0.images[0].features[BuiltinFeature.grayExact.rawValue] = .boolean(false) }),
    ("images.image.formats", 0.05, { $0.images[0].features[BuiltinFeature.format.rawValue] = .text("webp") }),
    ("fields.label.values", 0.02, { $0.set("label", .text("unheard-of")) }),
    ("fields.label.required", 1, { record in record.fields.removeAll { $0.name == "label" } }),
    ("fields.camera.required", 1, { record in record.fields.removeAll { $0.name == "camera" } }),
    ("records.corrupt", 0.05, { $0.images[0].outcome = .undecodable }),
    ("fields.user.privacy", 0.001, { $0.set("user", .text("bob@example.org")) }),
    ("fields.age.type", 1, { $0.set("age", .text("forty")) }),
    ("fields.age.max", 0.05, { $0.set("age", .text("4000")) }),
    (
      "images.image.metadata.gps", 0.05,
      { $0.images[0].features[BuiltinFeature.gps.rawValue] = .boolean(true) }
    ),
  ]

  @Test(arguments: faults.indices)
  func anotherSetFails(index: Int) throws {
    let fault = InferenceTests.faults[index]
    let schema = try InferenceTests.schema(of: InferenceTests.set)
    let other = SetForge(count: 1_000, seed: 43).changing(fault.share, fault.change)
    #expect(try other.failures(schema).contains(fault.rule))
  }

  @Test func theLinesToReviewAreNamed() {
    let inferred = InferredSchema(from: InferenceTests.set)
    let lines = inferred.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(!inferred.review.isEmpty)
    for (line, reason) in inferred.review { #expect(lines[line - 1].hasSuffix("# review: \(reason)")) }
  }

  @Test func anEmptySetGivesASchemaThatLoads() throws {
    #expect(throws: Never.self) { try InferenceTests.schema(of: SetForge(records: [])) }
  }

  @Test(arguments: ["a: b", "#x", "x\ny", "'", "\"", "é", "no", "- a", "{", "*a", "a.b"])
  func oddNamesAndValuesAreWrittenSafely(word: String) throws {
    let records = (0..<100).map { _ in
      RecordView(
        images: [ImageObservation(name: "image", outcome: .ok)],
        fields: [NamedValue(name: word, value: .text(word))])
    }
    let schema = try InferenceTests.schema(of: SetForge(records: records))
    #expect(schema.fields.map(\.name) == [word])
    #expect(schema.recordRules.contains { $0.check == .oneOf([word]) })
  }
}

extension RecordView {
  fileprivate mutating func set(_ name: String, _ value: Value) {
    for index in fields.indices where fields[index].name == name { fields[index].value = value }
  }
}
