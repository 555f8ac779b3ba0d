import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

private let trap = "invariants: [{id: low, use: com.example.trap/1, bound: {score: {max: 0.9}}}]"
private let score = "com.example.trap/1:score"

/// Law 4: a plugin can crash or hang without taking the run along. Law 3: who asks it, and when, changes no byte.
@Suite("Plugins that fail over a record")
struct RecordPluginLawTests {
  private let run: RecordRun

  init() throws { run = try RecordRun("RecordProbe") }

  /// The members whose row has a finding, with its code.
  private func findings(_ rows: [RecordRun.Row]) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: rows.filter { !$0.codes.isEmpty }.map { ($0.member, $0.codes) })
  }

  @Test(arguments: ["crash", "leave"])
  func aCrashCostsExactlyOneRow(trap word: String) throws {
    try run.write(64, traps: [20: word])
    let result = try run.validate(trap)
    #expect(findings(result.rows) == ["020.jpg": ["plugin.crashed"]])
    #expect(result.rows.count { $0.number(score) != nil } == 63)
    #expect(result.rows[20].isMissing(score))
    let rule = try #require(result.report.rules.first { $0.rule == "low" })
    #expect(rule.evaluated == 63)
    #expect(rule.notEvaluated == 1)
  }

  @Test func aPluginThatSeesRecordsCanMakeNoMemoryRunnable() throws {
    try run.write(4, traps: [2: "code"])
    #expect(findings(try run.validate(trap).rows).isEmpty)
  }

  @Test func aHangingCallCostsExactlyOneRow() throws {
    try run.write(64, traps: [20: "hang"])
    let result = try run.validate(trap) { $0.ingest.limits.seconds = 1 }
    #expect(findings(result.rows) == ["020.jpg": ["plugin.timeout"]])
    #expect(result.rows[20].findings[0]["found"] == "no answer within 1 s")
    #expect(result.rows.count { $0.number(score) != nil } == 63)
  }

  @Test(arguments: [
    ("fail", "out of ideas PASS"), ("nan", "score: answered NaN"),
    ("kind", "score: a value of kind 2, declared real"),
    ("outside", "word: a text that is not in the room for it"),
    ("overrun", "wrote beyond the room it was given"),
  ])
  func aBrokenContractIsAFindingWithItsReason(word: String, reason: String) throws {
    try run.write(4, traps: [2: word])
    let result = try run.validate(trap)
    #expect(findings(result.rows) == ["002.jpg": ["plugin.failed"]])
    #expect(result.rows[2].findings[0]["found"] == reason)
    #expect(result.rows[2].isMissing(score))
  }

  @Test func nothingToSayIsAMissingValueAndNoFinding() throws {
    try run.write(4, traps: [2: "skip"])
    let result = try run.validate(trap)
    #expect(result.rows.map { $0.isMissing(score) } == [false, false, true, false])
    #expect(findings(result.rows).isEmpty)
    #expect(result.report.rules.first { $0.rule == "low" }?.notEvaluated == 0)
  }

  @Test func whatAnEarlierRecordLeftBehindDecidesNothing() throws {
    try run.write(12, traps: Dictionary(uniqueKeysWithValues: (0..<12).map { ($0, "trip") }))
    let result = try run.validate(trap)
    #expect(findings(result.rows).isEmpty)
    #expect(result.rows.count { $0.number(score) != nil } == 12)
  }

  @Test func aFailureWeighsAsMuchAsTheEntrySays() throws {
    try run.write(4, traps: [2: "fail"])
    let result = try run.validate(
      "invariants: [{id: low, use: com.example.trap/1, on_null: skip, bound: {score: {max: 0.9}}}]")
    #expect(result.rows[2].findings[0]["severity"] == "info")
    #expect(result.report.rules.first { $0.rule == "low" }?.verdict == .pass)
  }

  @Test(arguments: [1, 4])
  func rowsAndProfileAreTheSameForAnyNumberOfWorkers(workers: Int) throws {
    try run.write(150, traps: [3: "crash", 70: "fail", 71: "leave", 100: "trip", 149: "crash"])
    let schema = """
      invariants:
        - {id: low, use: com.example.trap/1, bound: {score: {max: 0.9}}}
        - {id: luma, use: com.example.luma/1}
        - {id: even, use: com.example.even/1, severity: warn}
      """
    let two = try run.validate(schema, workers: 2)
    let other = try run.validate(schema, workers: workers)
    #expect(other.text == two.text)
    #expect(other.profile == two.profile)
  }

  @Test func rowsAreTheSameWithoutIsolation() throws {
    try run.write(24, traps: [3: "fail"])
    let isolated = try run.validate(trap)
    let other = try run.validate(trap) { $0.ingest.isolation = .none }
    #expect(other.text == isolated.text)
  }

  @Test func anArchiveGivesTheProfileOfTheFolder() throws {
    let members = SmallSet.members()
    try run.folder.write(members, to: "set")
    try run.folder.write(ArchiveForge.archive(.tarGzip, members), to: "set.tar.gz")
    let schema = "invariants: [{id: luma, use: com.example.luma/1}, {id: even, use: com.example.even/1}]"
    let archive = try run.validate(schema, source: "set.tar.gz")
    #expect(try archive.profile == run.validate(schema).profile)
  }

  @Test func aDecoderThatDiesTakesNoAnswerAlong() throws {
    try run.write(40)
    try run.folder.write(SmallSet.image(1, seed: 1), to: "set/017-crash.jpg")
    let result = try run.validate(trap) {
      $0.ingest.workerExecutable = ExecutableFolder.path + "/assay-faulty-worker"
    }
    #expect(result.rows.count == 41)
    #expect(result.rows.count { $0.number(score) != nil } == 40)
  }

  @Test func aFrameTooLargeToShowIsAFindingAndNoDamage() throws {
    try run.write(2)
    let pixels = ImageForge.scene(width: 300, height: 300, channels: 3, seed: 1)
    try run.folder.write(
      ImageForge.jpeg(JPEGRecipe(width: 300, height: 300, pixels: pixels)), to: "set/large.jpg")
    let result = try run.validate("invariants: [{id: luma, use: com.example.luma/1}]") {
      $0.ingest.limits.imageMemory = 200_000
    }
    #expect(findings(result.rows) == ["large.jpg": ["plugin.frame-too-large"]])
    #expect(result.rows[2].number("luma_mean") != nil)
    #expect(result.report.counts.count(of: .ok) == 3)
  }
}

@Suite("Rows judged again without their plugins being called")
struct PluginRejudgeTests {
  private let run: RecordRun
  private let schema = """
    invariants:
      - {id: low, use: com.example.trap/1, bound: {score: {max: 0.05}}}
      - {id: even, use: com.example.even/1, severity: warn}
    """

  init() throws { run = try RecordRun("RecordProbe") }

  /// Judges these rows again.
  private func again(_ text: String, _ schema: String) throws -> RecordRun.Result {
    try run.folder.write(text, to: "again.jsonl")
    return try run.validate(schema, source: "again.jsonl")
  }

  @Test func rowsAndVerdictsAreTheSame() throws {
    try run.write(8, traps: [2: "crash", 3: "fail"])
    let first = try run.validate(schema)
    let second = try again(first.text, schema)
    #expect(second.text == first.text)
    #expect(second.report.rules.map(\.verdict) == first.report.rules.map(\.verdict))
    #expect(second.report.rules.map(\.notEvaluated) == first.report.rules.map(\.notEvaluated))
  }

  @Test func valuesAreTakenFromTheRow() throws {
    try run.write(8)
    let rows = try run.validate(schema).text.replacing("\"\(score)\":0.03", with: "\"\(score)\":0.5")
    #expect(try again(rows, schema).rows[3].codes.contains("measurement.range"))
  }

  @Test func severitiesAreThoseOfTheNewSchema() throws {
    try run.write(2)
    let rows = try run.validate(schema).text
    let result = try again(rows, "invariants: [{id: even, use: com.example.even/1}]")
    #expect(result.rows[1].findings.map { $0["severity"] } == ["error"])
  }

  @Test func aRowThatWasNeverShownToThePluginSaysSo() throws {
    try run.write(2)
    let rows = try run.validate("dataset: plain").text
    #expect(
      try again(rows, schema).rows.map(\.codes)
        == Array(repeating: ["plugin.not-run", "plugin.not-run"], count: 2))
  }
}
