import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// The entry that uses `com.example.trap/1` of the fixture `RecordProbe`.
private let trap = "invariants: [{id: low, use: com.example.trap/1, bound: {score: {max: 0.5}}}]"
private let score = "com.example.trap/1:score"

@Suite("Records shown to measurements and invariants")
struct RecordPluginTests {
  private let run: RecordRun

  init() throws { run = try RecordRun("RecordProbe") }

  @Test func aMeasurementIsInItsRow() throws {
    try run.write(8)
    let rows = try run.validate(trap).rows
    #expect(rows.map { $0.number(score) } == (0..<8).map { Double($0) / 100 })
  }

  @Test func aMeasurementIsAColumnOfTheProfile() throws {
    try run.write(8)
    let profile = try Profile(decoding: try run.validate(trap).profile)
    #expect(profile.whole.measurements[score]?.presentCount == 8)
  }

  @Test func aBoundThatIsPassedFailsUnderTheIdOfItsEntry() throws {
    try run.write(8)
    let result = try run.validate(
      "invariants: [{id: low, use: com.example.trap/1, bound: {score: {max: 0.05}}}]")
    let rule = try #require(result.report.rules.first { $0.rule == "low" })
    #expect(rule.verdict == .fail)
    #expect(rule.violated == 2)
    #expect(
      result.rows.map(\.codes) == Array(repeating: [], count: 6) + [
        ["measurement.range"], ["measurement.range"],
      ])
  }

  @Test func aBoundThatHoldsPasses() throws {
    try run.write(8)
    let rule = try run.validate(trap).report.rules.first { $0.rule == "low" }
    #expect(rule?.verdict == .pass)
    #expect(rule?.evaluated == 8)
  }

  @Test func expressionsAndSlicesNameWhatIsMeasured() throws {
    try run.write(8)
    let result = try run.validate(
      """
      invariants:
        - {id: trap, use: com.example.trap/1}
        - {id: small, assert: '"\(score)" < 0.03 OR width = 0'}
      slices: [{name: high, where: 'score > 0.05'}]
      """)
    #expect(result.report.rules.first { $0.rule == "small" }?.violated == 5)
    #expect(result.rows.count { $0.codes == ["invariant.assert"] } == 5)
    #expect(try Profile(decoding: result.profile).slices["high"]?.recordCount == 2)
  }

  @Test func anInvariantsFindingsHaveItsIdAndTheSeverityOfTheRule() throws {
    try run.write(4)
    let result = try run.validate("invariants: [{id: even, use: com.example.even/1, severity: warn}]")
    #expect(result.rows.map(\.codes) == [[], ["com.example.even/1:odd"], [], ["com.example.even/1:odd"]])
    #expect(
      result.rows[3].findings == [
        [
          "code": "com.example.even/1:odd", "rule": "even", "severity": "warn",
          "subject": "com.example.even/1",
          "expected": "an even number", "found": "3",
        ]
      ])
    #expect(result.rows.map { $0.number("com.example.even/1:findings") } == [0, 1, 0, 1])
    #expect(result.report.rules.first { $0.rule == "even" }?.verdict == .warn)
  }

  @Test func findingsCountOnlyWhereTheEntrysConditionHolds() throws {
    try run.write(6)
    let result = try run.validate(
      """
      fields: {n: {type: integer}}
      invariants: [{id: even, use: com.example.even/1, where: 'n > 2'}]
      """)
    #expect(result.rows.map(\.codes.count) == [0, 0, 0, 1, 0, 1])
  }

  @Test func brokenImagesAreNotShown() throws {
    try run.write(3)
    try run.folder.write(Array(SmallSet.image(1, seed: 3).dropLast(30)), to: "set/001.jpg")
    let result = try run.validate(trap)
    #expect(result.rows.map { $0.isMissing(score) } == [false, true, false])
    #expect(result.report.rules.first { $0.rule == "low" }?.evaluated == 2)
  }

  @Test func noPrivateValueIsShown() throws {
    try run.write(
      1,
      more: """
        , "secret": "s3cret", "dropped": "gone", "user": {"name": "ann"}, "note": "write to ann@example.com", \
        "plain": "shown"
        """)
    let rows = try run.validate(
      """
      fields:
        secret: {privacy: {masked: sha256}}
        dropped: {privacy: dropped}
        user: {privacy: dropped}
        note: {type: string, privacy: no_pii}
      invariants: [{id: seen, use: com.example.seen/1}]
      """
    ).rows
    #expect(rows[0].measurements["com.example.seen/1:fields"] as? String == "n=;plain=shown;")
  }

  @Test func featuresAreShownUnderTheirBareNamesAndPixelsOnlyWhenAskedFor() throws {
    try run.write(2)
    for row in try run.validate("invariants: [{id: seen, use: com.example.seen/1}]").rows {
      #expect(row.number("com.example.seen/1:width") == row.number("width"))
      #expect(row.measurements["com.example.seen/1:pixels"] as? Bool == false)
    }
  }

  @Test func thePixelsAreThoseThatWereMeasured() throws {
    try run.write(12)
    for row in try run.validate("invariants: [{id: luma, use: com.example.luma/1}]").rows {
      #expect(row.number("com.example.luma/1:mean") == row.number("luma_mean"))
      let size = try #require(row.number("width")) * #require(row.number("height"))
      #expect(row.number("com.example.luma/1:pixels") == size)
    }
  }

  @Test func allImagesOfARecordAreShown() throws {
    try run.folder.write(SmallSet.image(1, seed: 1), to: "set/a.jpg")
    try run.folder.write(SmallSet.image(3, seed: 1), to: "set/a.mask.png")
    let row = try run.validate("invariants: [{id: luma, use: com.example.luma/1}]").rows[0]
    let mask = SmallSet.size(3)
    let size = try #require(row.number("width")) * #require(row.number("height"))
    #expect(row.number("com.example.luma/1:pixels") == size + Double(mask.width * mask.height))
  }

  @Test func pixelsCannotBeWrittenTo() throws {
    try run.write(2)
    let rows = try run.validate("invariants: [{id: scribble, use: com.example.scribble/1}]").rows
    #expect(rows.map(\.codes) == [["plugin.crashed"], ["plugin.crashed"]])
  }
}

@Suite("Measurements and invariants written in Swift")
struct KitRecordTests {
  @Test func bothKindsAreCalled() throws {
    let run = try RecordRun("KitExample")
    try run.write(2, more: ", \"label\": \"stop\"")
    let result = try run.validate(
      """
      invariants:
        - {id: landscape, use: com.example.aspect-ratio/1, bound: {ratio: {min: 0.1}, orientation: [landscape]}}
        - {id: short, use: com.example.short-label/1, with: {longest: 3}}
      """)
    let ratio = try #require(result.rows[0].number("width")) / #require(result.rows[0].number("height"))
    #expect(result.rows[0].number("com.example.aspect-ratio/1:ratio") == ratio)
    #expect(result.rows[0].measurements["com.example.aspect-ratio/1:orientation"] as? String == "landscape")
    #expect(result.rows[0].findings.last?["found"] == "4 bytes")
    #expect(result.rows[0].codes.last == "com.example.short-label/1:long-label")
    #expect(result.report.rules.first { $0.rule == "landscape.orientation" }?.evaluated == 2)
  }
}
