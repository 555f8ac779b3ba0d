import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

@Suite("The report of a comparison")
struct ComparisonReportTests {
  static func path(_ name: String) -> String {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return folders.joined(separator: "/") + "/Golden/" + name
  }

  /// One of everything a reader may meet.
  static let report = ComparisonReport(
    reference: ComparedSide(name: "train.profile.json", recordCount: 9000),
    current: ComparedSide(name: "prod.profile.json", recordCount: 1000), scores: scores,
    notes: ["the two were decoded by decoders that differ (a and b)"], incomplete: [])

  private static func score(
    _ feature: String, _ comparator: String, _ statistic: Double?, over threshold: Double?,
    _ status: DriftStatus,
    slice: String? = nil, aspect: ComparedFeature.Aspect = .values, movement: String, note: String? = nil
  ) -> DriftScore {
    DriftScore(
      feature: feature, slice: slice, aspect: aspect, comparator: comparator, statistic: statistic,
      threshold: threshold, status: status, referenceCount: 9000, currentCount: 1000, movement: movement,
      note: note)
  }

  private static let scores = [
    score("image.brightness", "org.assay.ks/1", 0.41, over: 0.2, .alarm, movement: "mean 0.46 -> 0.31"),
    score("image.brightness", "org.assay.kl/1", 1.7531, over: 0.3, .alarm, movement: "mean 0.46 -> 0.31"),
    score(
      "image.brightness", "org.assay.wasserstein-iqr/1", 0.8, over: nil, .pass, movement: "mean 0.46 -> 0.31"),
    score("image.width", "org.assay.ks/1", 0.01, over: 0.2, .pass, movement: "mean 640 -> 641"),
    score(
      "field.label", "org.assay.new-category/1", 0.25, over: 0.05, .alarm, movement: "limit: 0 % -> 25 %"),
    score(
      "field.camera", "org.assay.missing-rate/1", 1, over: 0.1, .alarm, aspect: .presence,
      movement: "present in 100 % -> 0 %", note: "no such field in the current set"),
    score(
      "field.lens", "org.assay.missing-rate/1", 1, over: 0.1, .warn, aspect: .presence,
      movement: "present in 0 % -> 100 %", note: "no such field in the reference"),
    score(
      "field.score", "com.example.own/1", nil, over: 0.1, .failed, movement: "mean 1 -> 2",
      note: "com.example.own/1: crashed (signal 11, Segmentation fault)"),
    score("field.note", "", nil, over: nil, .notApplicable, movement: "numbers became words"),
    score("field.rare", "org.assay.ks/1", 0.5, over: 0.2, .insufficient, movement: "mean 1 -> 2"),
    score(
      "image.brightness", "org.assay.ks/1", 0.6, over: 0.2, .alarm, slice: "night",
      movement: "mean 0.2 -> 0.1"),
    score(
      "image.width", "org.assay.ks/1", 0.3, over: 0.2, .alarm, slice: "night", movement: "mean 640 -> 320"),
  ]

  @Test func theTextIsAsRecorded() {
    #expect(Golden.mismatch(Array(Self.report.text().utf8), path: Self.path("comparison.txt")) == nil)
  }

  @Test func theJSONIsAsRecorded() {
    #expect(Golden.mismatch(Array(Self.report.json().utf8), path: Self.path("comparison.json")) == nil)
  }

  @Test func aFeatureHasOneLine() {
    let lines = Self.report.text().split(separator: "\n")
    #expect(lines.filter { $0.contains("image.brightness") }.count == 1)
  }

  @Test func onlyTheStrongestAlarmsAreListed() {
    var report = Self.report
    report.scores = (0..<100).map {
      Self.score("field.f\($0)", "org.assay.ks/1", 0.3, over: 0.2, .alarm, movement: "mean 1 -> 2")
    }
    let text = report.text()
    #expect(text.split(separator: "\n").filter { $0.contains("alarm") }.count == 20)
    #expect(text.contains("... and 80 more (--format json has all)"))
  }

  @Test func aSideWithoutRecordsFailsUnlessItIsAllowed() {
    var report = Self.report
    (report.scores, report.current.recordCount) = ([], 0)
    #expect(report.verdict == .fail)
    report.allowsEmpty = true
    #expect(report.verdict == .pass)
  }

  @Test(arguments: [
    (DriftStatus.alarm, Verdict.fail), (.failed, .fail), (.warn, .warn), (.insufficient, .warn),
    (.pass, .pass),
    (.notApplicable, .pass),
  ])
  func theVerdictIsThatOfTheWorstScore(status: DriftStatus, verdict: Verdict) {
    var report = Self.report
    report.scores = [
      Self.score("field.a", "org.assay.ks/1", 0.1, over: 0.2, .pass, movement: ""),
      Self.score("field.b", "org.assay.ks/1", 0.1, over: 0.2, status, movement: ""),
    ]
    #expect(report.verdict == verdict)
  }
}
