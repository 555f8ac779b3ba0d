import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

@Suite("One current set against several references")
struct ReferencesReportTests {
  private static func section(_ name: String, _ status: DriftStatus, _ severity: Severity = .error)
    -> ReferencesReport.Section
  {
    var report = ComparisonReportTests.report
    report.scores = [
      DriftScore(
        feature: "field.x", status: status, referenceCount: 90, currentCount: 100, movement: "1 -> 2")
    ]
    return ReferencesReport.Section(
      reference: DriftReference(name: name, profiles: ["\(name).json"], severity: severity),
      series: ComparisonSeries([report]))
  }

  @Test(arguments: [
    (DriftStatus.alarm, Severity.error, Verdict.fail), (.alarm, .warn, .warn), (.warn, .warn, .warn),
    (.pass, .warn, .pass), (.failed, .warn, .fail),
  ])
  func severityCapsDriftAndNothingElse(status: DriftStatus, severity: Severity, verdict: Verdict) {
    #expect(Self.section("recent", status, severity).verdict == verdict)
  }

  @Test func aSideWithoutRecordsIsNotCapped() {
    var section = Self.section("recent", .pass, .warn)
    section.series.reports[0].current.recordCount = 0
    #expect(section.verdict == .fail)
  }

  @Test func theWorstSectionDecides() {
    let report = ReferencesReport([Self.section("training", .pass), Self.section("recent", .alarm, .warn)])
    #expect(report.verdict == .warn)
    #expect(
      report.sentence
        == "WARN  prod.profile.json against 2 references: training: pass, recent: alarm (severity warn)")
  }

  @Test func everyReferenceHasItsSection() {
    let report = ReferencesReport([Self.section("training", .alarm), Self.section("recent", .pass)])
    #expect(report.text().contains("\ntraining\nALARM  "))
    #expect(report.text().contains("\nrecent\nPASS  "))
    #expect(
      report.json().contains(
        "\"name\": \"recent\",\n      \"severity\": \"error\",\n      \"verdict\": \"pass\""))
  }
}
