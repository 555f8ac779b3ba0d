import AssayCore
import AssayEngine
import AssayTestSupport
import Foundation
import Testing

/// Findings of a report that are written into schemas of all shapes.
@Suite("Accepting findings")
struct AcceptanceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(ComparisonReportTests.report.json(), to: "report.json")
  }

  private func accept(
    _ findings: [String] = ["image.brightness"], until: String = "2026-12-31", because: String = "new lens"
  ) throws -> String {
    try Acceptance(
      report: folder.path("report.json"), findings: findings, schema: folder.path("schema.yaml"),
      until: until, because: because, today: "2026-12-01"
    ).run()
  }

  private func refusal(_ findings: [String] = ["image.brightness"], until: String = "2026-12-31") -> String {
    do {
      return try "nothing was refused: \(accept(findings, until: until))"
    } catch { return "\(error)" }
  }

  private static func item(_ indentation: String) -> String {
    [
      "# mean 0.46 -> 0.31", "- feature: image.brightness", "  comparator: org.assay.ks/1",
      "  effect: {max: 0.513}", "  until: 2026-12-31", "  because: \"new lens\"",
    ].map { indentation + $0 + "\n" }.joined()
  }

  @Test(arguments: [
    ("assay: 1\n# the end\n", "assay: 1\n# the end\ndrift:\n  accepted:\n\(AcceptanceTests.item("    "))"),
    ("assay: 1", "assay: 1\ndrift:\n  accepted:\n\(AcceptanceTests.item("    "))"),
    (
      "assay: 1\ndrift:   # daily\n    cadence: daily  # yes\nslices: []\n",
      "assay: 1\ndrift:   # daily\n    accepted:\n\(AcceptanceTests.item("      "))    cadence: daily  # yes\nslices: []\n"
    ),
    ("assay: 1\ndrift:\n  accepted:\n", "assay: 1\ndrift:\n  accepted:\n\(AcceptanceTests.item("    "))"),
  ])
  func theRestOfTheFileStaysAsItIs(before: String, after: String) throws {
    try folder.write(before, to: "schema.yaml")
    _ = try accept()
    #expect(try folder.text("schema.yaml") == after)
  }

  @Test func aSecondOneStandsAboveTheFirstAndItsComment() throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    _ = try accept(["image.luma"], because: "say \"x\": \\ # no\ncomment")
    let first = try folder.text("schema.yaml")
    _ = try accept()
    let all = first.replacing("accepted:\n", with: "accepted:\n" + Self.item("    "))
    #expect(try folder.text("schema.yaml") == all)
    let accepted = try SchemaFile(path: folder.path("schema.yaml")).schema.drift.accepted
    #expect(accepted.map(\.feature) == ["image.brightness", "image.luma"])
    #expect(accepted.last?.because == "say \"x\": \\ # no\ncomment")
  }

  @Test func lineEndsOfWindowsStayThose() throws {
    try folder.write("assay: 1\r\ndrift:\r\n  cadence: daily\r\n", to: "schema.yaml")
    _ = try accept()
    let text = try folder.text("schema.yaml").unicodeScalars
    #expect(text.count { $0 == "\n" } == 10 && text.count { $0 == "\r" } == 10)
  }

  @Test(arguments: [
    "assay: 1\ndrift: {cadence: daily}\n", "assay: 1\ndrift: off\n", "assay: 1\ndrift:\n  accepted: []\n",
    "{assay: 1}\n", "assay: 1\n...\n",
  ])
  func aShapeWithoutAPlaceIsRefusedWithTheLines(text: String) throws {
    try folder.write(text, to: "schema.yaml")
    #expect(refusal().hasSuffix("add by hand:\n\ndrift:\n  accepted:\n\(Self.item("    ").dropLast())"))
    #expect(try folder.text("schema.yaml") == text)
  }

  @Test func aListThatIsExtendedIsNotLost() throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    _ = try accept(["image.luma"])
    try FileManager.default.moveItem(atPath: folder.path("schema.yaml"), toPath: folder.path("base.yaml"))
    try folder.write("assay: 1\nextends: base.yaml\n", to: "schema.yaml")
    #expect(refusal().contains("add by hand"))
  }

  @Test func aSliceIsNamedBehindItsFeature() throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    _ = try accept(["image.brightness@night"])
    let accepted = try SchemaFile(path: folder.path("schema.yaml")).schema.drift.accepted
    #expect(accepted.map(\.slice) == ["night"] && accepted.map(\.effect.max) == [0.75])
  }

  @Test func slicesThatNobodyNamedAreSaid() throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    let text = try accept()
    #expect(
      text.contains("accepted until 2026-12-31: image.brightness, org.assay.ks/1 at most 0.513 (found 0.41)"))
    #expect(text.hasSuffix("\nnot accepted: image.brightness@night\n"))
  }

  @Test func aFindingThatIsNoneNamesTheNearestAndAll() throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    let text = refusal(["image.brihgtness"])
    #expect(text.contains("did you mean \"image.brightness\"?"))
    #expect(text.contains("field.camera, field.label, field.lens, image.brightness, image.brightness@night"))
    #expect(refusal(["image.width"]).contains("neither alarmed nor warned"), "it alarmed in a slice alone")
  }

  @Test(arguments: [("tomorrow", "expected a day"), ("2026-11-30", "2026-11-30 is over")])
  func aDayThatIsNoneOrOverIsRefused(until: String, words: String) throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    #expect(refusal(until: until).contains(words))
  }

  @Test(arguments: ["{", "[]", "{\"assay_report\": 1, \"command\": \"validate\"}"])
  func aFileThatIsNoReportIsRefused(text: String) throws {
    try folder.write("assay: 1\n", to: "schema.yaml")
    try folder.write(text, to: "report.json")
    #expect(refusal().contains("expected the report of `assay compare --format json`"))
  }

  @Test(arguments: [
    (0.9, true, Bounds(max: 1)), (0.5, true, Bounds(max: 0.625)), (-0.9, false, Bounds(min: -1)),
  ])
  func noEffectIsAcceptedThatIsBeyondTheComparator(statistic: Double, largerIsDrift: Bool, effect: Bounds)
    throws
  {
    var report = ComparisonReportTests.report
    for index in report.scores.indices where report.scores[index].name == "image.brightness" {
      report.scores[index].measures[0].statistic = statistic
      report.scores[index].measures[0].largerIsDrift = largerIsDrift
      report.scores[index].measures[0].range = Bounds(min: -1, max: 1)
    }
    try folder.write(report.json(), to: "report.json")
    try folder.write("assay: 1\n", to: "schema.yaml")
    _ = try accept()
    #expect(try SchemaFile(path: folder.path("schema.yaml")).schema.drift.accepted.map(\.effect) == [effect])
  }

  @Test func ofSeveralSetsTheLargestEffectIsAccepted() throws {
    var other = ComparisonReportTests.report
    for index in other.scores.indices where other.scores[index].name == "image.brightness" {
      other.scores[index].measures[0].statistic = 0.8
    }
    try folder.write(
      ComparisonSeries([ComparisonReportTests.report, other, ComparisonReportTests.report]).json(),
      to: "report.json")
    try folder.write("assay: 1\n", to: "schema.yaml")
    _ = try accept()
    #expect(try SchemaFile(path: folder.path("schema.yaml")).schema.drift.accepted.map(\.effect.max) == [1])
  }
}

@Suite("What a report says of accepted drifts")
struct AcceptedReportTests {
  private static var report: ComparisonReport {
    var report = ComparisonReportTests.report
    let accepted = AcceptedDrift(
      feature: "image.luma", comparator: "org.assay.kl/1", effect: Bounds(max: 2), until: "2026-12-31",
      because: "new lens")
    report.scores[0].status = .pass
    report.scores[0].acceptance = DriftAcceptance(state: .accepted, accepted: accepted, statistic: 1.7531)
    return report
  }

  @Test func theyHaveLinesOfTheirOwnAndDidNotStandStill() {
    let text = Self.report.text()
    #expect(text.contains("\n  accepted image.luma"))
    #expect(text.contains("kl 1.753 > 0.3]  until 2026-12-31: new lens\n"))
    #expect(text.contains("did not move") == false)
  }

  @Test func aReportOfNothingElsePassesAndSaysWhy() {
    var report = Self.report
    report.scores = [report.scores[0]]
    #expect(report.verdict == .pass)
    #expect(report.sentence.hasSuffix("nothing moved more than chance but 1 feature, as accepted"))
  }

  @Test func theJSONHasTheTerms() {
    #expect(Self.report.json().contains("\"state\": \"accepted\""))
    #expect(Self.report.json().contains("\"because\": \"new lens\""))
  }
}
