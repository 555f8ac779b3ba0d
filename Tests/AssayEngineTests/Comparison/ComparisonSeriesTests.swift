import AssayCore
import AssayEngine
import AssayTestSupport
import Foundation
import Testing

@Suite("Several current sets in order of time")
struct ComparisonSeriesTests {
  private static func series(_ statuses: [DriftStatus], _ rule: String = "2 of 3") throws -> ComparisonSeries
  {
    let reports = statuses.enumerated().map { day, status in
      var report = ComparisonReportTests.report
      report.current = ComparedSide(name: "day-\(day)", recordCount: 100)
      report.scores = [
        DriftScore(
          feature: "field.x", status: status, referenceCount: 9000, currentCount: 100, movement: "mean 1 -> 2"
        )
      ]
      return report
    }
    return ComparisonSeries(reports, rule: try #require(AlarmRule(rule)))
  }

  @Test(arguments: [
    ([DriftStatus.pass, .alarm, .alarm], Verdict.fail), ([.alarm, .pass, .pass, .alarm], .warn),
    ([.pass, .pass], .pass), ([.pass, .warn, .warn], .warn), ([.pass, .insufficient], .warn),
    ([.pass, .failed], .fail), ([.alarm], .fail),
  ])
  func enoughOfThemHaveToAlarm(statuses: [DriftStatus], verdict: Verdict) throws {
    #expect(try Self.series(statuses).verdict == verdict)
  }

  @Test func anEmptySetAmongThemFailsTheRun() throws {
    var series = try Self.series([.pass, .pass, .pass])
    series.reports[1].current.recordCount = 0
    #expect(series.verdict == .fail)
    #expect(series.firstBad == nil, "nothing is not a drift")
  }

  @Test func aComparatorThatFailedInADriftedSetIsNotLost() throws {
    var series = try Self.series([.pass, .alarm, .pass])
    series.reports[1].scores.append(
      DriftScore(
        feature: "field.y", status: .failed, referenceCount: 9, currentCount: 9, movement: "not judged"))
    #expect(series.verdict == .fail)
  }

  @Test func recordsInNoneOfTheSetsAreNoPass() throws {
    var series = try Self.series([.pass, .pass])
    series.looseCount = 7
    #expect(series.verdict == .warn)
    #expect(series.text().contains("in none of these sets, and not judged: 7 records\n"))
    series.looseCount = 1
    #expect(series.text().contains("in none of these sets, and not judged: 1 record\n"))
  }

  @Test func withoutARuleEveryAlarmCounts() throws {
    #expect(try Self.series([.pass, .alarm, .pass], AlarmRule.any.text).verdict == .fail)
  }

  @Test func theTextHasALineForEachAndNamesTheFirst() throws {
    let text = try Self.series([.pass, .alarm, .alarm]).text()
    #expect(
      text.hasPrefix(
        "ALARM  3 sets against train.profile.json: 2 drifted (alarm on 2 of 3), the first is day-1\n"))
    for day in 0..<3 {
      #expect(text.contains("\n  \(day == 0 ? "PASS" : "ALARM")  day-\(day) (100 records)"))
    }
    #expect(
      text.components(separatedBy: "field.x").count == 2, "the features of the first that drifted alone")
  }

  @Test func alarmsThatAreTooFewAreNoAlarm() throws {
    let sentence = try Self.series([.alarm, .pass]).sentence
    #expect(
      sentence.hasPrefix("WARN  2 sets") && sentence.contains("1 drifted, too few for an alarm on 2 of 3"))
  }

  @Test func theJSONHoldsEveryComparison() throws {
    let value = try Self.series([.pass, .alarm, .alarm]).jsonValue
    #expect(value.reportText.components(separatedBy: "\"command\": \"compare\"").count == 5)
    #expect(value.reportText.contains("\"first_drifted\": \"day-1\""))
  }

  @Test func oneSetHasItsOwnReport() throws {
    let series = try Self.series([.warn])
    #expect(series.text() == series.reports[0].text() && series.json() == series.reports[0].json())
  }
}

@Suite("Windows of a current set")
struct CurrentWindowTests {
  @Test func everyWindowIsASetOfItsOwn() throws {
    var random = SplitMix64(seed: 2)
    let set = WindowTests.cameras(0..<5, &random, partition: .windows(seconds: 3600))
    #expect(set.windows.map(\.start) == [0, 3600, 7200, 10800, 14400])
    #expect(set.windows.map(\.profile.recordCount) == [60, 60, 60, 60, 60])
  }

  @Test func aWindowIsComparedLikeAnySet() throws {
    var random = SplitMix64(seed: 2)
    let hours = Partition.windows(seconds: 3600)
    let reference = WindowTests.cameras(0..<30, &random, partition: hours)
    let usual = WindowTests.cameras(40..<41, &random, partition: hours)
    var current = WindowTests.cameras(41..<42, &random, partition: hours, shift: 40)
    try current.merge(usual)
    let alarms = try current.windows.map { try ComparedSets.scores(reference, $0.profile).alarms }
    #expect(alarms == [[], ["field.x values"]])
  }
}
