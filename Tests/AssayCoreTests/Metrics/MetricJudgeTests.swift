import AssayCore
import Testing

struct MetricJudgeTests {
  private static let roles: [Role: String] = [.label: "l", .prediction: "p", .confidence: "c"]

  /// So many right predictions of so many, all of one confidence.
  private static func tally(_ hits: Int, of count: Int, confidence: Double = 0.9) throws -> MetricTally {
    var tallies = MetricTallies([MetricCheck(.calibration)], roles: roles, slices: [])
    for index in 0..<count {
      tallies.observe(
        MetricTallyTests.record(.text(index < hits ? "a" : "b"), .text("a"), .real(confidence)))
    }
    return try #require(tallies.counts(of: .calibration)).whole
  }

  private func judge(
    _ metric: Metric, min: String? = nil, max: String? = nil, _ hits: Int, of count: Int
  ) throws -> MetricJudgement {
    let check = MetricCheck(metric, min: min.flatMap { Proportion($0) }, max: max.flatMap { Proportion($0) })
    return MetricJudge(check).judge(MetricCounts(whole: try Self.tally(hits, of: count)))
  }

  /// 919 of 1000 is more than 90 %, and the interval reaches down to 90.04 %; that of 918 to 89.93 %.
  @Test(arguments: [(919, 0), (918, 1), (880, 1), (1000, 0)])
  func aLeastShareIsHeldAgainstTheLowerEnd(hits: Int, violated: Int) throws {
    let judgement = try judge(.accuracy, min: "90%", hits, of: 1000)
    #expect(judgement.isJudged && judgement.violated == violated, "\(judgement.found)")
  }

  @Test(arguments: [(11, 0), (12, 1), (0, 0), (400, 1)])
  func aGreatestShareIsHeldAgainstTheUpperEnd(hits: Int, violated: Int) throws {
    let judgement = try judge(.correctionRate, max: "2%", hits, of: 1000)
    #expect(judgement.isJudged && judgement.violated == violated, "\(judgement.found)")
  }

  @Test func tooFewToShowItIsNotJudgedAndSaysHowManyAreNeeded() throws {
    let judgement = try judge(.accuracy, min: "90%", 34, of: 34)
    #expect(!judgement.isJudged)
    #expect(
      judgement.found
        == "34 of 34 (100%), 89.85% to 100%: too few, at least 35 are needed to show at least 90%")
  }

  @Test func fewThatAreCertainlyBadAreViolated() throws {
    let judgement = try judge(.accuracy, min: "90%", 2, of: 20)
    #expect(judgement.isJudged && judgement.violated == 1)
  }

  @Test func nothingToJudgeIsSaid() throws {
    let judgement = try judge(.accuracy, min: "90%", 0, of: 0)
    #expect(!judgement.isJudged && judgement.found == "0 records: nothing to judge yet")
  }

  @Test(arguments: [(900, 1000, true, 0), (800, 1000, true, 1), (10, 10, false, 0), (0, 20, true, 1)])
  func calibrationIsHeldAgainstItsErrorAndChance(hits: Int, count: Int, isJudged: Bool, violated: Int) throws
  {
    let judgement = try judge(.calibration, max: "0.05", hits, of: count)
    #expect(judgement.isJudged == isJudged && judgement.violated == violated, "\(judgement.found)")
  }

  // MARK: Slices

  private func judge(
    _ scope: MetricCheck.Scope, of metric: Metric = .accuracy, min: String? = nil, max: String? = nil,
    minRecords: Int? = nil, _ slices: [(name: String, hits: Int, count: Int)]
  ) throws -> MetricJudgement {
    let check = MetricCheck(
      metric, scope: scope, min: min.flatMap { Proportion($0) }, max: max.flatMap { Proportion($0) },
      minRecords: minRecords)
    let counted = try slices.map {
      MetricCounts.Slice(name: $0.name, tally: try Self.tally($0.hits, of: $0.count))
    }
    return MetricJudge(check).judge(MetricCounts(whole: try Self.tally(0, of: 0), slices: counted))
  }

  @Test func theSlicesThatFailAreNamedAndTheSmallOnesToo() throws {
    let judgement = try judge(.slices, min: "80%", [("day", 980, 1000), ("night", 60, 100), ("dawn", 5, 5)])
    #expect(judgement.evaluated == 2 && judgement.violated == 1)
    #expect(
      judgement.found
        == "1 of 2 slices violate it: night 60 of 100 (60%), 50.2% to 69.06%; too few to judge: dawn (5)")
  }

  @Test func slicesBelowTheStatedNumberAreNotJudged() throws {
    let judgement = try judge(.slices, min: "80%", minRecords: 101, [("day", 98, 101), ("night", 0, 100)])
    #expect(judgement.evaluated == 1 && judgement.violated == 0)
  }

  @Test func noSliceThatIsLargeEnoughIsNotJudged() throws {
    #expect(try !judge(.slices, min: "80%", [("dawn", 5, 5)]).isJudged)
  }

  @Test(arguments: [("10%", 0), ("9.9%", 1)])
  func theGapIsTheLargestDifference(max: String, violated: Int) throws {
    let judgement = try judge(.gap, max: max, [("a", 800, 1000), ("b", 700, 1000), ("c", 750, 1000)])
    #expect(judgement.isJudged && judgement.violated == violated, "\(judgement.found)")
  }

  @Test func aSliceSoSmallThatChanceMakesTheGapDoesNotCount() throws {
    let judgement = try judge(.gap, max: "10%", [("a", 800, 1000), ("b", 790, 1000), ("c", 6, 10)])
    #expect(judgement.evaluated == 2 && judgement.violated == 0)
  }

  @Test func aSmallSliceThatIsCertainlyWorseCounts() throws {
    let slices = [("a", 970, 1000), ("b", 960, 1000), ("c", 20, 50)]
    let judgement = try judge(.gap, max: "10%", slices.map { (name: $0.0, hits: $0.1, count: $0.2) })
    #expect(judgement.violated == 1 && judgement.found.hasPrefix("57% between a 970 of 1000"))
    #expect(judgement.figures.map(\.state) == [.violated, .holds, .violated])
  }

  @Test func aSmallSliceThatSomebodyLeftOutNeverCounts() throws {
    let judgement = try judge(
      .gap, max: "10%", minRecords: 51, [("a", 970, 1000), ("b", 960, 1000), ("c", 20, 50)])
    #expect(judgement.violated == 0)
  }

  /// All are sure to 90 %: the errors are 0, 10 % and 5 %.
  @Test(arguments: [("10%", 0), ("9.9%", 1)])
  func theGapOfCalibrationIsThatOfItsErrors(max: String, violated: Int) throws {
    let judgement = try judge(
      .gap, of: .calibration, max: max, [("a", 900, 1000), ("b", 800, 1000), ("c", 850, 1000)])
    #expect(judgement.isJudged && judgement.violated == violated, "\(judgement.found)")
    #expect(judgement.found.hasPrefix("10% between b 10% over 1000"), "\(judgement.found)")
  }

  @Test func aSliceSoSmallThatChanceMakesItsCalibrationErrorDoesNotCount() throws {
    let judgement = try judge(
      .gap, of: .calibration, max: "10%", [("a", 900, 1000), ("b", 890, 1000), ("c", 7, 10)])
    #expect(judgement.evaluated == 2 && judgement.violated == 0, "\(judgement.found)")
  }

  @Test func aSmallSliceThatIsCertainlyWorseCalibratedCounts() throws {
    let judgement = try judge(
      .gap, of: .calibration, max: "10%", [("a", 900, 1000), ("b", 890, 1000), ("c", 2, 20)])
    #expect(judgement.violated == 1 && judgement.found.hasPrefix("80% between c"), "\(judgement.found)")
  }

  @Test func oneSliceHasNoGap() throws { #expect(try !judge(.gap, max: "10%", [("a", 800, 1000)]).isJudged) }
}
