import AssayCore
import AssayRules
import Testing

struct SQLTrapTests {
  /// What the expression says of a 640 x 480 image with a label, an age of 7 and a time.
  private func state(_ sql: String, _ fields: [String: Value] = [:]) throws -> RuleState {
    let usual: [String: Value] = [
      "label": .text("Stop"), "age": .integer(7), "taken": .text("2026-03-01T12:00:00+02:00"),
      "fixed": .boolean(true),
    ]
    let record = RecordForge.record(fields: usual.merging(fields, uniquingKeysWith: { $1 }))
    return try RecordForge.checker([RecordForge.assertion(sql)]).check(record).ruleStates[0]
  }

  private func fault(_ sql: String, images: [String] = ["image"]) -> SchemaIssue? {
    do throws(SchemaError) {
      _ = try RecordForge.checker([RecordForge.assertion(sql)], images: images)
      return nil
    } catch {
      return error.issues.first
    }
  }

  @Test(arguments: [
    "width / height > 1.3", "height / width = 0.75", "1 / 2 = 0.5", "length(label) / 8 = 0.5",
    "CAST(width AS INTEGER) / CAST(7 AS INTEGER) > 91.4", "(width & 3) + 1 / 2 = 0.5", "age / 2 = 3.5",
  ])
  func divisionIsOfReals(sql: String) throws { #expect(try state(sql) == .passed) }

  @Test(arguments: [
    "label = 'Stop'", "label IN ('Stop', 'Yield')", "label NOT IN ('x')", "width BETWEEN 1 AND 640",
    "NOT width BETWEEN 1 AND 2", "width NOT BETWEEN 1 AND 2", "label IS NOT NULL", "label NOTNULL",
    "NOT label ISNULL", "CASE label WHEN 'Stop' THEN width ELSE height END = 640",
    "CASE WHEN width > 1 THEN true ELSE false END", "coalesce(label, 'none') <> 'none'",
    "max(width, height) = 640",
    "min(width, height, age) = 7", "substr(label, 1, 2) = 'St'", "replace(label, 'S', 'T') == 'Ttop'",
    "lower(label) = 'stop'", "label || 'x' = 'Stopx'", "abs(-age) = 7", "round(2.5) = 3",
    "sqrt(age * age) = 7",
    "width % 7 = 3", "-age < 0 AND +age > 0", "image.width >= 640 or 1 > 2", "\"image\".\"width\" = 640",
    "field.label = 'Stop'", "image.gps = 0", "image.gps = false", "NOT gps", "fixed", "fixed IS TRUE",
    "label COLLATE NOCASE = 'STOP'", "iif(fixed, width, 0) = 640", "label GLOB 'S*p'", "label LIKE 'St_p'",
    "label LIKE '%!%%' ESCAPE '!' OR true", "nullif(label, 'x') IS NOT NULL", "width IS DISTINCT FROM height",
    "label IS NOT 'x'", "((((width)))) = 640", "orientation = '1'", "folder IS NULL", "1e2 = 100", ".5 < 1",
    "it IS NULL OR true", "trim('  a ') = 'a'", "instr(label, 'o') = 3", "sign(-3) = -1", "floor(1.5) = 1",
  ])
  func theLanguageIsThere(sql: String) throws {
    let fields = RecordForge.fields + [FieldDeclaration(name: "it", type: .string)]
    let record = RecordForge.record(fields: [
      "label": .text("Stop"), "age": .integer(7), "fixed": .boolean(true),
    ])
    let checker = try RecordForge.checker([RecordForge.assertion(sql)], fields: fields)
    #expect(checker.check(record).ruleStates[0] == .passed)
  }

  @Test(arguments: [
    ("2 + 3 * 4 = 14", true), ("(2 + 3) * 4 = 14", false), ("10 - 4 - 3 = 3", true), ("8 / 4 / 2 = 1", true),
    ("NOT 1 = 2", true), ("true OR true AND false", true), ("(true OR true) AND false", false),
    ("1 + 1 < 3 = true", true), ("-2 * -3 = 6", true), ("1 << 3 = 8", true), ("5 & 3 | 8 = 9", true),
    ("NOT true OR true", true), ("NOT (true OR true)", false), ("2 * 3 % 4 = 2", true),
  ])
  func precedenceIsThatOfSQLite(sql: String, expected: Bool) throws {
    #expect(try state(sql) == (expected ? .passed : .violated))
  }

  @Test func aTypoInDoubleQuotesIsNoText() throws {
    let found = try #require(fault("label = \"stop\""))
    #expect(found.message.contains("unknown name \"stop\"") && found.message.contains("single quotes"))
  }

  @Test func anUnknownNameHasItsPlaceAndTheNearestOne() throws {
    let found = try #require(fault("1 < 2 AND image.widht > 3"))
    #expect(found.description.hasPrefix("schema.yaml:3:21: unknown name \"image.widht\""))
    #expect(found.suggestion == "image.width")
  }

  @Test func anAmbiguousNameNamesBoth() throws {
    let found = try #require(fault("width > 3", images: ["image", "mask"]))
    #expect(found.message.contains("image.width and mask.width"))
  }

  @Test func NULLIsNotEvaluatedAndAFailure() throws {
    let judgement = try RecordForge.checker([RecordForge.assertion("age > 3")]).check(RecordForge.record())
    #expect(judgement.ruleStates[0] == .notEvaluated)
    #expect(judgement.notEvaluated == ["rule"])
    #expect(judgement.findings.map(\.code) == ["rule.null"])
  }

  @Test func NULLIsSkippedWhereTheRuleSaysSo() throws {
    let rule = RecordForge.assertion("age > 3", RuleTerms(onNull: .skip))
    let judgement = try RecordForge.checker([rule]).check(RecordForge.record())
    #expect(judgement.ruleStates[0] == .notEvaluated)
    #expect(judgement.findings.isEmpty)
  }

  @Test func divisionByZeroIsNULL() throws { #expect(try state("1 / (age - 7) > 0") == .notEvaluated) }

  @Test(arguments: ["label = NULL", "label <> NULL", "width IN (1, NULL)"])
  func comparingWithNULLIsAnError(sql: String) throws {
    #expect(try #require(fault(sql)).message.contains("IS NULL"))
  }

  @Test func LIKEKeepsCase() throws {
    #expect(try state("label LIKE 'stop'") == .violated)
    #expect(try state("label LIKE 'St%'") == .passed)
  }

  @Test(arguments: [
    "label > 5", "width = '640'", "age IN ('7')", "label = 7", "taken > 5", "orientation = 6",
    "width = label",
    "label BETWEEN 1 AND 2", "CASE label WHEN 1 THEN true END", "label IS 5", "'5' < width",
  ])
  func textAgainstNumberIsAnError(sql: String) throws {
    #expect(try #require(fault(sql)).message.contains("compared with"))
  }

  @Test(arguments: [
    "width + label > 1", "label || width = 'x'", "-label = 1", "abs(label) = 1", "lower(width) = 'x'",
    "NOT width", "label AND true", "width LIKE '6%'", "width REGEXP '6'", "image.gps = 2", "gps < 1",
    "coalesce(label, 0) = 'x'", "CASE WHEN true THEN 1 ELSE 'a' END = 1", "CAST(label AS INTEGER) > 1",
    "1 < width < 5", "0.1 < brightness <= 0.5", "(width > 1) > 0", "iif(width, 1, 2) = 1",
  ])
  func typesThatDoNotFitAreErrors(sql: String) { #expect(fault(sql) != nil) }

  @Test(arguments: ["image.width", "label", "1", "'x'", "NULL", "width + 1", "coalesce(width, 1)"])
  func aConditionIsTrueOrFalse(sql: String) throws {
    #expect(try #require(fault(sql)).message.contains("true or false"))
  }

  @Test(arguments: [
    "random() > 0", "randomblob(3) IS NULL", "date('now') > '2026'", "datetime() > '2026'",
    "julianday('now') > 1",
    "strftime('%s', 'now') > '1'", "CURRENT_TIMESTAMP > '2026'", "CURRENT_DATE > '2026'", "changes() > 0",
    "last_insert_rowid() = 0", "sqlite_version() > '3'", "load_extension('x') IS NULL",
    "readfile('x') IS NULL",
    "printf('%s', label) = 'x'", "hex(label) = 'x'", "zeroblob(10) IS NULL", "count(width) > 1",
    "min(width) > 1",
    "likelihood(width > 1, 0.5)", "assay_regexp(0, label)", "image.abs(1) = 1",
  ])
  func onlyListedFunctionsMayBeCalled(sql: String) { #expect(fault(sql) != nil) }

  @Test(arguments: [
    "SELECT 1", "(SELECT 1) = 1", "EXISTS (SELECT 1)", "1 = 1; DROP TABLE x", "1 = 1 -- x", "1 = 1 /* x */",
    "?1 = 1",
    ":a = 1", "@a = 1", "$a = 1", "x'00' = 'a'", "label = 'open", "label = \"open", "(1 = 1", "1 = 1)", "1 =",
    "= 1",
    "", "width IN ()", "1 = 1 2", "1x = 1", "1..2 = 1", "width.height = 1", "label -> 'a' = 1", "image. = 1",
    "label LIKE lower('x')", "label LIKE 'x' ESCAPE 'ab'", "label GLOB label", "label MATCH 'x'",
    "CAST(1 AS TEXT) = 1",
    "CASE END = 1", "label COLLATE x = 'a'", "raise(abort, 'x')", "1 = 1 OVER ()", "1e999 = 1", "a b c",
    "width !> 1",
    "label = 'a\0b'", "abs() = 1", "abs(1, 2) = 1", "🙂 = 1", "``", "[width] = 1",
  ])
  func everythingElseIsAnErrorAndNoCrash(sql: String) { #expect(fault(sql) != nil) }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "(", count: 3_000) + "1" + String(repeating: ")", count: 3_000) + " = 1"
    #expect(try #require(fault(deep)).message.contains("nested"))
  }

  @Test func longExpressionsAreRefused() throws {
    let long = Array(repeating: "1 = 1", count: 2_000).joined(separator: " AND ")
    #expect(try #require(fault(long)).message.contains("longer"))
  }

  @Test func longExpressionsWithinTheLimitRun() throws {
    #expect(try state(Array(repeating: "width = 640", count: 400).joined(separator: " AND ")) == .passed)
  }

  @Test func REGEXPIsRE2AndFindsAPart() throws {
    #expect(try state("label REGEXP '^S.o'") == .passed)
    #expect(try state("label NOT REGEXP 'z'") == .passed)
    #expect(try state("label REGEXP '^t'") == .violated)
  }

  @Test(arguments: [
    "label REGEXP '('", #"label REGEXP '(a)\1'"#, "label REGEXP '(?=a)'", "label REGEXP label",
  ])
  func REGEXPTakesOnlyRE2Literals(sql: String) { #expect(fault(sql) != nil) }

  @Test func REGEXPTakesLinearTime() throws {
    let text = String(repeating: "a", count: 40_000)
    #expect(try state("label REGEXP '(a*)*(a*)*b$'", ["label": .text(text)]) == .violated)
  }

  @Test func aTextBeyondTheLimitIsNotEvaluated() throws {
    let text = String(repeating: "a", count: 70_000)
    #expect(try state("label = 'x'", ["label": .text(text)]) == .notEvaluated)
  }

  @Test func timesCompareInUTC() throws {
    #expect(try state("taken = '2026-03-01T10:00:00Z' AND taken < '2026-03-01T11'") == .passed)
  }

  @Test func anEmptyTextIsNotNULL() throws {
    #expect(try state("label = ''", ["label": .text("")]) == .passed)
  }

  @Test func quotesInTextsStayQuotes() throws {
    #expect(try state("label = 'it''s'", ["label": .text("it's")]) == .passed)
  }

  @Test func textValuesAreNeverSQL() throws {
    #expect(try state("label = 'x'", ["label": .text("x' OR '1'='1")]) == .violated)
  }

  @Test func aValueOfTheWrongTypeLeavesTheExpressionToItsOwnFinding() throws {
    #expect(try state("age > 3", ["age": .text("seven")]) == .notApplicable)
  }

  @Test func aBrokenImageLeavesTheExpressionToItsOutcome() throws {
    let checker = try RecordForge.checker([RecordForge.assertion("brightness > 0.2")])
    let record = RecordForge.record(images: [RecordForge.image(outcome: .damaged)])
    #expect(checker.check(record).ruleStates[0] == .notApplicable)
  }

  @Test func theFindingShowsWhatTheExpressionReadAndNothingPrivate() throws {
    let checker = try RecordForge.checker([RecordForge.assertion("width < 10 AND user IS NOT NULL")])
    let found = checker.check(RecordForge.record(fields: ["user": .text("bob")])).findings.first?.found
    #expect(found == "image.width = 640, field.user = (private)")
  }

  @Test func plainAndQuotedMeasurementsHaveNames() throws {
    let measured = [MeasuredFeature(name: "com.example.mark/1:score")]
    let record = RecordForge.record(measurements: [NamedValue(name: measured[0].name, value: .real(0.5))])
    for sql in ["score = 0.5", "\"com.example.mark/1:score\" = 0.5"] {
      let checker = try RecordForge.checker([RecordForge.assertion(sql)], measurements: measured)
      #expect(checker.check(record).ruleStates[0] == .passed)
    }
  }

  @Test func everyIssueOfASchemaIsReported() {
    let rules = ["a = 1", "b = 2", "width = 640"].map { RecordForge.assertion($0) }
    #expect { try RecordForge.checker(rules) } throws: { ($0 as? SchemaError)?.issues.count == 2 }
  }
}
