import AssayCore
import AssayRules
import Testing

struct FieldRuleTests {
  @Test(arguments: [
    (FieldType.integer, Value.text("7"), RuleState.passed), (.integer, .text("7.0"), .violated),
    (.integer, .text("seven"), .violated), (.integer, .real(7), .passed), (.integer, .real(7.5), .violated),
    (.integer, .boolean(true), .violated), (.integer, .text(" 7"), .violated),
    (.integer, .text("0x7"), .violated),
    (.integer, .text("9223372036854775808"), .violated), (.number, .text("1e3"), .passed),
    (.number, .text("nan"), .violated), (.number, .text("inf"), .violated), (.number, .real(.nan), .violated),
    (.number, .text("1e999"), .violated), (.number, .text("1,5"), .violated),
    (.boolean, .text("true"), .passed),
    (.boolean, .text("yes"), .violated), (.string, .text("007"), .passed), (.string, .integer(7), .passed),
    (.timestamp, .text("2026-02-28T23:59:60Z"), .passed),
    (.timestamp, .text("2026-02-29T00:00:00Z"), .violated),
    (.timestamp, .text("2026-02-28"), .violated), (.timestamp, .text("1700000000"), .passed),
    (.timestamp, .integer(1_700_000_000), .passed), (.integer, .missing, .notApplicable),
  ])
  func typesAreStrict(type: FieldType, value: Value, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .type(type), type: type, value) == expected)
  }

  @Test func aNumberIsNoTextWhereTheSourceTellsThemApart() throws {
    #expect(try RecordForge.state(of: .type(.string), type: .string, .integer(7), typed: true) == .violated)
  }

  @Test(arguments: [FieldType.integer, .number, .boolean])
  func textIsNoNumberWhereTheSourceTellsThemApart(type: FieldType) throws {
    #expect(try RecordForge.state(of: .type(type), type: type, .text("1"), typed: true) == .violated)
  }

  @Test(arguments: [
    (Value.text("a"), RuleState.passed), (.missing, .violated), (.integer(0), .passed),
    (.boolean(false), .passed),
  ])
  func requiredMeansPresent(value: Value, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .required, value) == expected)
  }

  @Test(arguments: [
    (FieldType.integer, Value.integer(9_007_199_254_740_993), RuleState.passed),
    (.integer, .integer(9_007_199_254_740_992), .violated), (.integer, .real(2), .passed),
    (.number, .integer(2), .passed), (.number, .real(2.5), .violated),
  ])
  func wholeNumbersOfListsAreExact(type: FieldType, value: Value, expected: RuleState) throws {
    let words = ["9007199254740993", "2"]
    #expect(try RecordForge.state(of: .oneOf(words), type: type, value, typed: true) == expected)
  }

  @Test func aFieldThatIsNotThereIsMissing() throws {
    let checker = try RecordForge.checker([RecordForge.rule(.field("label"), .required)])
    #expect(checker.check(RecordForge.record()).findings.map(\.code) == ["field.missing"])
  }

  @Test(arguments: [
    (FieldType?.none, Value.text("007"), RuleState.violated), (.string, .text("7"), .passed),
    (.integer, .text("007"), .passed), (.number, .text("7.0"), .passed), (.integer, .text("8"), .violated),
  ])
  func listsAreReadByTheType(type: FieldType?, value: Value, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .oneOf(["7"]), type: type, value) == expected)
  }

  @Test func aListWithAWordOfAnotherTypeIsASchemaError() {
    #expect(throws: SchemaError.self) {
      try RecordForge.state(of: .oneOf(["1", "two"]), type: .integer, .text("1"))
    }
  }

  @Test(arguments: [
    (FieldType.integer, "0", RuleState.passed), (.integer, "10", .passed), (.integer, "11", .violated),
    (.number, "-0.001", .violated), (.timestamp, "1970-01-01T00:00:10Z", .passed),
    (.timestamp, "1970-01-01T00:00:11Z", .violated),
  ])
  func boundsIncludeTheirEnds(type: FieldType, text: String, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .range(Bounds(min: 0, max: 10)), type: type, .text(text)) == expected)
  }

  @Test func lengthsCountScalars() throws {
    #expect(
      try RecordForge.state(of: .length(Bounds(max: 2)), type: .string, .text("e\u{301}x")) == .violated)
    #expect(try RecordForge.state(of: .length(Bounds(max: 2)), type: .string, .text("é🙂")) == .passed)
  }

  @Test(arguments: [("AB-12", RuleState.passed), ("xAB-12", .violated), ("AB-12\n", .violated)])
  func patternsMatchTheWholeText(text: String, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .pattern("[A-Z]{2}-[0-9]+"), type: .string, .text(text)) == expected)
  }

  @Test func aPatternThatIsNoRE2IsASchemaError() {
    #expect(throws: SchemaError.self) { try RecordForge.state(of: .pattern("(a"), .text("a")) }
  }

  @Test(arguments: [
    (Value.text("640"), FieldType?.some(.integer), RuleState.passed), (.text("640"), nil, .passed),
    (.text("640.0"), .number, .passed), (.text("641"), .integer, .violated),
    (.missing, .integer, .notApplicable),
  ])
  func equalsComparesNumbersAsNumbers(value: Value, type: FieldType?, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .equals(.image("image", .width)), type: type, value) == expected)
  }

  @Test(arguments: [("ABCD", RuleState.passed), ("abcd", .passed), ("abce", .violated)])
  func checksumsIgnoreCase(text: String, expected: RuleState) throws {
    let checker = try RecordForge.checker([RecordForge.rule(.field("label"), .checksum(.md5))])
    let record = RecordForge.record(fields: ["label": .text(text)], checksums: [.md5: "abcd"])
    #expect(checker.check(record).ruleStates[0] == expected)
  }

  @Test func aChecksumNobodyComputedIsNotEvaluated() throws {
    #expect(try RecordForge.state(of: .checksum(.sha256), .text("ab")) == .notEvaluated)
  }

  @Test func rulesSayWhichChecksumsTheyNeed() throws {
    let checker = try RecordForge.checker([RecordForge.rule(.field("label"), .checksum(.md5))])
    #expect(checker.rules.checksums == [.md5])
  }

  @Test func uniqueGivesOneKeyForEqualValuesAndAnotherForOthers() throws {
    func key(_ text: String) throws -> UniqueKey? {
      try RecordForge.judgement(of: .unique, type: .integer, .text(text)).uniqueKeys.first
    }
    #expect(try key("7") == key("007"))
    #expect(try key("7") != key("8"))
  }

  @Test func aConditionLimitsARule() throws {
    let terms = RuleTerms(condition: SQLText("label = 'Stop'", position: RecordForge.position))
    let checker = try RecordForge.checker([RecordForge.rule(.field("age"), .range(Bounds(max: 5)), terms)])
    func state(_ label: String) -> RuleState {
      checker.check(RecordForge.record(fields: ["label": .text(label), "age": .integer(7)])).ruleStates[0]
    }
    #expect(state("Stop") == .violated)
    #expect(state("Yield") == .notApplicable)
  }

  @Test func otherRulesOfAFieldOfTheWrongTypeSayNothing() throws {
    #expect(try RecordForge.state(of: .range(Bounds(max: 5)), type: .integer, .text("x")) == .notApplicable)
  }

  @Test func aLongValueIsCutInItsFinding() throws {
    let judgement = try RecordForge.judgement(of: .oneOf(["a"]), .text(String(repeating: "b", count: 500)))
    #expect(judgement.findings.first?.found.count == 83)
  }
}
