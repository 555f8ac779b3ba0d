import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Copies planted among strangers.
struct OverlapTests {
  private var sets: OverlapSets

  init() throws {
    sets = try OverlapSets()
    try sets.addStrangers()
  }

  private let original = ForgedPicture(seed: 7)

  @Test func strangersHaveNothingInCommon() throws {
    let report = try sets.report()
    #expect(report.counts == ["exact": 0, "near": 0, "turned": 0, "group": 0])
    #expect(report.verdict == .pass && !report.isOverlapping && report.note == nil)
  }

  @Test(arguments: [("2026-06-30", Verdict.pass, nil), ("2026-07-01", .warn, "overlap.exact out of date")])
  func aRuleThatHoldsAndIsOutOfDateWarns(today: String, verdict: Verdict, complaint: String?) throws {
    let report = try sets.report(
      reference: sets.sources("train"), current: sets.sources("test"),
      schema: "assay: 1\noverlap: {exact: {max: 0, until: 2026-06-30}}\ndrift: off\n", today: today)
    #expect(report.verdict == verdict && report.complaint == complaint)
  }

  @Test mutating func anExactCopyIsFoundWithItsOriginal() throws {
    try sets.add(original.jpeg(), "copy.jpg", patient: "c", to: "test")
    let report = try sets.report()
    #expect(report.counts == ["exact": 1, "near": 1, "turned": 0, "group": 0])
    #expect(report.failures == ["overlap.exact", "overlap.near"] && report.isOverlapping)
    let example = try #require(report.finding("exact")?.examples.first)
    #expect(example.current.member == "copy.jpg" && example.reference?.member == "7.jpg")
  }

  @Test mutating func aRecompressedCopyIsNear() throws {
    try sets.add(original.jpeg(quality: 60), "copy.jpg", patient: "c", to: "test")
    let report = try sets.report()
    #expect(report.counts == ["exact": 0, "near": 1, "turned": 0, "group": 0])
    let example = try #require(report.finding("near")?.examples.first)
    #expect(example.current.member == "copy.jpg" && example.reference?.member == "7.jpg")
    #expect(!report.isOverlapping)
  }

  @Test(arguments: Turn.allCases)
  func aTurnedCopyIsFoundAndSaysHow(turn: Turn) throws {
    var sets = sets
    // Turning the copy again gives the original; quarter turns change places.
    let undone: [Turn: Turn] = [.turnedLeft: .turnedRight, .turnedRight: .turnedLeft]
    let copy = original.turns[(undone[turn] ?? turn).rawValue]
    try sets.add(copy.jpeg(quality: 70), "copy.jpg", patient: "c", to: "test")
    let report = try sets.report()
    #expect(report.counts == ["exact": 0, "near": 0, "turned": 1, "group": 0])
    let example = try #require(report.finding("turned")?.examples.first)
    #expect(example.reference?.member == "7.jpg" && example.note.hasPrefix(turn.text))
  }

  @Test mutating func aPatientOnBothSidesIsFound() throws {
    try sets.add(ForgedPicture(seed: 900).jpeg(), "next.jpg", patient: "a3", to: "test")
    let report = try sets.report()
    #expect(report.counts["group"] == 1 && report.failures == ["overlap.groups.patient_id"])
    let example = try #require(report.finding("group")?.examples.first)
    #expect(example.reference?.member == "3.jpg" && example.note.isEmpty)
  }

  @Test mutating func aPrivateGroupIsComparedAndNeverTold() throws {
    let schema = OverlapSets.schema.replacing("{type: string}", with: "{privacy: {masked: sha256}}")
    try sets.add(ForgedPicture(seed: 900).jpeg(), "next.jpg", patient: "a3", to: "test")
    let report = try sets.report(schema: schema)
    #expect(report.counts["group"] == 1)
    #expect(!"\(report)".contains("\"a3\""))
  }

  @Test func aGroupThatNobodyHasIsNotJudged() throws {
    let schema = OverlapSets.schema.replacing("patient_id", with: "session_id")
    let report = try sets.report(schema: schema)
    #expect(report.failures == ["overlap.groups.session_id"])
    #expect(report.results.last?.code == .overlapNotJudged)
  }

  @Test mutating func blankImagesAreNearToNone() throws {
    let blank = ForgedPicture(width: 40, height: 40, pixels: [UInt8](repeating: 9, count: 4800))
    let other = ForgedPicture(width: 48, height: 40, pixels: [UInt8](repeating: 200, count: 5760))
    try sets.add(blank.png, "blank.png", patient: "c", to: "train")
    try sets.add(other.png, "blank.png", patient: "d", to: "test")
    let near = try #require(try sets.report().finding("near"))
    #expect(near.count == 0)
    #expect(near.remarks.contains("current images of hardly any detail, near to none: 1"))
  }

  @Test mutating func aRuleOfAnotherEnvironmentDoesNotHold() throws {
    try sets.add(original.jpeg(), "copy.jpg", patient: "c", to: "test")
    let schema =
      "assay: 1\nenvironments: [x]\noverlap: {exact: {max: 0, in: [x]}, near: {max: 5}}\ndrift: off\n"
    #expect(try sets.report(schema: schema).failures == [])
  }
}
