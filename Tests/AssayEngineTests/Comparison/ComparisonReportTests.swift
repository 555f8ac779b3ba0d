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
  static let report: ComparisonReport = {
    var report = ComparisonReport(
      reference: ComparedSide(name: "train.profile.json", recordCount: 9000),
      current: ComparedSide(name: "prod.profile.json", recordCount: 1000), scores: scores,
      notes: ["the two were decoded by decoders that differ (a and b)"], incomplete: [])
    report.diagnosis = DriftDiagnosis(scores, Profile(), Profile())
    report.place = DriftPlace(scores)
    return report
  }()

  /// Brightness told apart by cameras: one of them changed.
  private static let split: DriftSplit = {
    func part(_ movement: String, _ p: Double) -> DriftSplit.Part {
      let chance = DriftChance(method: .permutation, p: p, draws: 999)
      return DriftSplit.Part(statistic: 0.4, movement: movement, chance: chance)
    }
    var split = DriftSplit(
      by: "field.camera_id", mix: part("mean 0.46 -> 0.45", 0.31),
      within: part("mean 0.46 -> 0.32", 0.001), referenceCount: 2048, currentCount: 1000)
    split.changedStrata = ["cam-3"]
    return split
  }()

  private static func score(
    _ feature: String, _ status: DriftStatus, _ measures: [DriftMeasure] = [], p: Double? = nil,
    slice: String? = nil, aspect: ComparedFeature.Aspect = .values, movement: String, note: String? = nil
  ) -> DriftScore {
    var score = DriftScore(
      feature: feature, slice: slice, aspect: aspect, status: status, referenceCount: 9000,
      currentCount: 1000, movement: movement, note: note)
    score.measures = measures
    score.chance = p.map { DriftChance(method: .permutation, p: $0 / 4, adjusted: $0, draws: 999) }
    return score
  }

  private static func measure(
    _ comparator: String, _ statistic: Double, over floor: Double? = nil, byChance: Double? = nil
  ) -> DriftMeasure {
    var measure = DriftMeasure(
      comparator: "org.assay.\(comparator)/1", statistic: statistic, floor: floor, breakFloor: floor)
    measure.falseAlarmRate = byChance
    measure.detectable = floor.map { $0 / 2 }
    return measure
  }

  private static let scores: [DriftScore] = {
    var scores = allScores
    var splits = [split]
    DriftSplit.judge(&splits, level: 0.05, .benjaminiHochberg)
    scores[1].splits = splits
    for index in scores.indices where scores[index].feature == "field.label" { scores[index].role = "label" }
    return scores
  }()

  private static let allScores = [
    score(
      "image.luma", .alarm, [measure("js", 0.41), measure("kl", 1.7531, over: 0.3, byChance: 0)], p: 0.004,
      movement: "mean 118 -> 149"),
    score(
      "image.brightness", .alarm,
      [measure("ks", 0.41, over: 0.1, byChance: 0), measure("wasserstein-iqr", 0.8)],
      p: 0.004, movement: "mean 0.46 -> 0.31"),
    score(
      "image.noise", .warn, [measure("ks", 0.15, over: 0.2, byChance: 0.12)], p: 0.02, movement: "mean 3 -> 2"
    ),
    score("image.width", .pass, [measure("ks", 0.01, over: 0.2)], p: 0.6, movement: "mean 640 -> 641"),
    score(
      "field.label", .alarm, [measure("new-category", 0.25, over: 0.05)], p: 0.004,
      movement: "limit: 0 % -> 25 %"),
    score(
      "field.camera", .alarm, [measure("missing-rate", 1, over: 0.1)], p: 0.004, aspect: .presence,
      movement: "present in 100 % -> 0 %", note: "no such field in the current set"),
    score(
      "field.lens", .warn, [measure("missing-rate", 1, over: 0.1)], p: 0.004, aspect: .presence,
      movement: "present in 0 % -> 100 %", note: "no such field in the reference"),
    score(
      "field.score", .failed, movement: "mean 1 -> 2",
      note: "com.example.own/1: crashed (signal 11, Segmentation fault)"),
    score("field.note", .notApplicable, movement: "numbers became words"),
    score("field.rare", .insufficient, [measure("ks", 0.5, over: 0.2)], p: 0.3, movement: "mean 1 -> 2"),
    score(
      "image.brightness", .alarm, [measure("ks", 0.6, over: 0.2)], p: 0.004, slice: "night",
      movement: "mean 0.2 -> 0.1"),
    score(
      "image.width", .alarm, [measure("ks", 0.3, over: 0.2)], p: 0.01, slice: "night",
      movement: "mean 640 -> 320"),
  ]

  @Test func theTextIsAsRecorded() {
    #expect(Golden.mismatch(Array(Self.report.text().utf8), path: Self.path("comparison.txt")) == nil)
  }

  @Test func theJSONIsAsRecorded() {
    #expect(Golden.mismatch(Array(Self.report.json().utf8), path: Self.path("comparison.json")) == nil)
  }

  @Test(arguments: [
    (18, "18 groups by group; 19 are needed to rank this set among them; assumes independent records"),
    (19, "; ranked among the reference's own 19 groups by group; slices are not ranked"),
  ])
  func theBasisSaysWhatTheGroupsAreGoodFor(groups: Int, words: String) {
    var report = Self.report
    report.windows = ReferenceWindows(
      ComparedSets.grouped(groups, records: 30) { _, _ in ["x": .integer(1)] }, Profile(), alpha: 0.05)
    #expect(report.text().contains(words))
  }

  @Test func oneRecordIsNoPlural() {
    var report = Self.report
    (report.current.recordCount, report.reference.recordCount) = (1, 1)
    #expect(report.sentence.contains("prod.profile.json (1 record) against train.profile.json (1 record)"))
  }

  @Test func aFeatureHasOneLine() {
    var report = Self.report
    report.diagnosis = nil
    let lines = report.text().split(separator: "\n")
    #expect(lines.filter { $0.contains("image.brightness") }.count == 1)
  }

  @Test func theStrongestAlarmsHaveALineAndTheOthersAName() {
    var report = Self.report
    report.scores = (0..<100).map {
      Self.score("field.f\($0)", .alarm, [Self.measure("ks", 0.3, over: 0.2)], movement: "mean 1 -> 2")
    }
    let text = report.text()
    #expect(text.split(separator: "\n").filter { $0.contains("  alarm  ") }.count == 8)
    #expect(text.contains("alarm too (92): "))
  }

  @Test func sourcesAreAskedForOnlyWhereASideIsAProfile() {
    var report = Self.report
    let accounts = RunAccounts(RecordCounts(), [])
    report.current.accounts = accounts
    #expect(report.text().contains("compare the sources themselves"))
    report.reference.accounts = accounts
    #expect(report.text().contains("  next      assay explain drift.upstream\n"))
  }

  @Test func aSideThatWasThinnedIsSaidToBe() {
    var report = Self.report
    report.scores = [Self.score("field.a", .alarm, p: 0.01, movement: "mean 1 -> 2")]
    #expect(!report.text().contains("thinned"))
    report.scores[0].referenceCount = 40_000
    report.scores[0].chance?.isThinned = true
    #expect(report.text().contains("  n 40000, 1000, thinned to 20000\n"))
  }

  @Test func whatCouldHaveBeenSeenStandsBesideWhatCouldNotBeTold() {
    var report = Self.report
    var measure = Self.measure("ks", 0.05, over: 0.1)
    measure.detectable = 0.13
    report.scores = [
      Self.score("field.a", .insufficient, [measure], p: 0.3, movement: ""),
      Self.score("field.b", .insufficient, movement: ""),
    ]
    let lines = report.text().split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("field.a could have seen ks 0.13, floor 0.1 n 9000, 1000"))
    #expect(lines.contains("field.b too few records to tell n 9000, 1000"))
  }

  @Test func theFooterSaysWhatPIsCorrectedFor() {
    var report = Self.report
    report.scores[0].isOfPixels = true
    #expect(
      report.text().contains(
        "\n  p is corrected for 9 tests of columns and 1 test of pixels (benjamini-hochberg)\n"))
    report.rate.shareCount = 2
    #expect(report.text().contains(" against this reference, one of 2 that share the rate (benj"))
  }

  /// Two features that hold in the whole set; of one, the night has too few records.
  private static let smallSlice: ComparisonReport = {
    var report = Self.report
    (report.diagnosis, report.place) = (nil, nil)
    report.scores = [
      score("field.a", .pass, movement: ""), score("field.b", .pass, movement: ""),
      score("field.a", .pass, slice: "night", movement: ""),
      score("field.b", .insufficient, slice: "night", movement: ""),
    ]
    return report
  }()

  @Test func aSmallSliceIsNamedWithItsFeatures() {
    #expect(Self.smallSlice.sentence.hasSuffix("one that matters could have gone unseen in 1 slice"))
    #expect(
      Self.smallSlice.text().contains(
        "\n  too few records in slice night (n 9000, 1000) for 1 of 2 features: field.b\n"))
  }

  @Test func onlyWhatWasJudgedDidNotMove() {
    let text = Self.smallSlice.text()
    #expect(text.contains("\n  did not move (1): field.a\n"))
    #expect(text.contains("\n  did not move where it could be told (1): field.b\n"))
  }

  @Test func whatIsAcceptedIsNoDriftThatNobodySaw() {
    var report = Self.smallSlice
    report.scores[0].acceptance = DriftAcceptance(
      state: .accepted,
      accepted: AcceptedDrift(
        feature: "field.a", comparator: "org.assay.ks/1", effect: Bounds(max: 0.6), until: "2026-12-31",
        because: "new lens"))
    #expect(
      report.sentence.hasSuffix(
        ": no drift seen but 1 feature, as accepted, and one that matters could have gone unseen in 1 slice"))
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
      Self.score("field.a", .pass, movement: ""), Self.score("field.b", status, movement: ""),
    ]
    #expect(report.verdict == verdict)
  }
}
