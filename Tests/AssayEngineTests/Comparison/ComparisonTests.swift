import AssayCore
import AssayEngine
import AssayIngest
import AssayPlugins
import AssayTestSupport
import Foundation
import Testing

@Suite("Comparing two profiles")
struct ComparisonTests {
  static let reference = ComparedSets.column { .integer(Int64($0)) }
  static let moved = ComparedSets.column { .integer(Int64($0 + 100)) }

  @Test func aSetComparedWithItselfPasses() throws {
    let large = ComparedSets.column(count: 3000) { .integer(Int64($0)) }
    #expect(try ComparedSets.scores(large, large).allSatisfy { $0.status == .pass })
  }

  @Test func aSmallSetThatLooksTheSameIsInsufficient() throws {
    let scores = try ComparedSets.scores(Self.reference, Self.reference).of("field.x", .values)
    #expect(scores.map(\.status) == [.insufficient])
    let measure = try #require(scores.first?.measures.first)
    #expect(measure.isBlind && (measure.detectable ?? 0) > 0.1)
  }

  @Test func movedNumbersAlarm() throws {
    let scores = try ComparedSets.scores(Self.reference, Self.moved)
    #expect(scores.alarms == ["field.x values"])
    #expect(scores.of("field.x", .values).first?.movement == "mean 99.5 -> 199.5")
  }

  @Test func aSpreadThatMovedIsTold() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .integer(Int64($0 % 2 == 0 ? 90 : 110)) },
      ComparedSets.column { .integer(Int64($0 % 2 == 0 ? 50 : 150)) })
    #expect(scores.of("field.x", .values).first?.movement == "sd 10 -> 50 around 100")
  }

  @Test func tooFewRecordsAreNeverAPass() throws {
    let scores = try ComparedSets.scores(
      Self.reference, ComparedSets.column(count: 20) { .integer(Int64(10 * $0)) })
    #expect(scores.allSatisfy { $0.status == .insufficient })
  }

  @Test func anEmptySetIsInsufficient() throws {
    let scores = try ComparedSets.scores(Self.reference, Profile())
    #expect(
      !scores.isEmpty && scores.allSatisfy { $0.status == .insufficient || $0.status == .notApplicable })
  }

  @Test func aNewCategoryAlarms() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .text($0 % 2 == 0 ? "stop" : "yield") },
      ComparedSets.column { .text($0 % 10 == 0 ? "limit" : $0 % 2 == 0 ? "stop" : "yield") })
    let score = try #require(scores.of("field.x", .values).first)
    #expect(score.status == .warn, "a tenth of the records is no break")
    let measure = try #require(score.measures.first { $0.comparator == "org.assay.new-category/1" })
    #expect(measure.statistic == 0.1 && measure.isBeyondFloor && !measure.isBreak)
  }

  @Test func aNameOutOfTheDataCannotForgeALine() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { _ in .text("a\nPASS  all is well") }, ComparedSets.column { _ in .text("b") })
    #expect(scores.allSatisfy { !$0.movement.contains("\n") })
  }

  @Test func aSliceOfOneSideIsNamed() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.table(slices: { $0 % 2 == 0 ? ["night"] : [] }), ComparedSets.table())
    let score = try #require(scores.of("records", .presence).first)
    #expect(score.slice == "night" && score.status == .alarm)
    #expect(score.note == "no such slice in the current set")
  }

  @Test func columnsOfAnyContentGiveNoFailureAndNoNaN() throws {
    for seed in UInt64(1)...6 {
      var (left, right) = (Profile(), Profile())
      var forge = ObservationForge(seed: seed)
      for observation in forge.observations(120) { left.observe(observation) }
      for observation in forge.observations(90) { right.observe(observation) }
      let scores = try ComparedSets.scores(left, right)
      #expect(scores.filter { $0.status == .failed }.compactMap(\.note) == [], "seed \(seed)")
      #expect(
        scores.flatMap(\.measures).allSatisfy { $0.statistic?.isNaN != true }, "seed \(seed)")
      #expect(scores.allSatisfy { !$0.movement.contains("nan") }, "seed \(seed)")
    }
  }
}

@Suite("What the schema says of drift")
struct ComparisonPlanTests {
  static let (reference, moved) = (ComparisonTests.reference, ComparisonTests.moved)

  static func values(_ test: ComparisonPlan.Test) throws -> [DriftScore] {
    try ComparedSets.scores(reference, moved, plan: ComparedSets.plan("field.x", test)).of("field.x", .values)
  }

  @Test func aComparatorWithoutAThresholdIsHeldToItsOwn() throws {
    let scores = try Self.values(.init("org.assay.ks", .standard))
    #expect(scores.flatMap(\.measures).map(\.floor) == [0.1] && scores.map(\.status) == [.alarm])
  }

  @Test(arguments: [
    ("org.assay.ks", ComparisonPlan.Test.Floor.standard, 0.4 as Double?),
    ("org.assay.ks/1", .value(0.05), 0.4),
    ("org.assay.ks", .value(0.6), 0.6), ("org.assay.psi", .value(0.2), nil),
  ])
  func aChoiceLeavesWhatABreakIs(id: String, floor: ComparisonPlan.Test.Floor, breakFloor: Double?) throws {
    #expect(try Self.values(.init(id, floor)).flatMap(\.measures).map(\.breakFloor) == [breakFloor])
  }

  @Test func aNamedComparatorAlarmsNoSoonerThanTheDefault() throws {
    let moved = ComparedSets.column(count: 400) { .integer(Int64($0 + 80)) }
    let reference = ComparedSets.column(count: 400) { .integer(Int64($0)) }
    for plan in [ComparisonPlan(), ComparedSets.plan("field.x", .init("org.assay.ks", .standard))] {
      let scores = try ComparedSets.scores(reference, moved, plan: plan)
      #expect(scores.of("field.x", .values).map(\.status) == [.warn])
    }
  }

  @Test func parametersReachTheComparator() throws {
    let rough = try Self.values(.init("org.assay.psi", .none, parameters: ["floor": "0.1"]))
    let fine = try Self.values(.init("org.assay.psi", .none))
    #expect(
      try #require(rough.first?.measures.first?.statistic) < #require(fine.first?.measures.first?.statistic))
  }

  @Test(arguments: [
    (["flor": "0.1"], "org.assay.psi/1: no such parameter: flor; it has floor"),
    (["floor": "2"], "org.assay.psi/1: floor: expected a number in 1e-09...0.1, found \"2\""),
    (["floor": "low"], "org.assay.psi/1: floor: expected a number in 1e-09...0.1, found \"low\""),
  ])
  func aWrongParameterIsRefusedBeforeAnythingIsCompared(parameters: [String: String], message: String) {
    #expect(throws: PluginError("drift.features.field.x: \(message)")) {
      try Self.values(.init("org.assay.psi", .none, parameters: parameters))
    }
  }

  @Test func anUnknownComparatorIsRefused() {
    #expect(throws: PluginError.self) { try Self.values(.init("org.assay.kullback", .standard)) }
  }

  @Test func aChosenComparatorWithoutAThresholdIsAMistake() throws {
    let error = try #require(throws: PluginError.self) {
      try Self.values(.init("org.assay.wasserstein", .standard))
    }
    #expect(error.description.hasPrefix("drift.features.field.x: org.assay.wasserstein/1: no threshold"))
  }

  @Test func aComparatorThatDoesNotSuitTheFeatureIsNotJudged() throws {
    let scores = try Self.values(.init("org.assay.new-category", .standard))
    #expect(scores.map(\.status) == [.failed])
    #expect(scores.first?.note == "org.assay.new-category/1 does not compare numbers in an order")
  }

  @Test func aFeatureThatNeitherSideHasIsNotJudged() throws {
    let plan = ComparedSets.plan("field.y", .init("org.assay.ks", .standard))
    let scores = try ComparedSets.scores(Self.reference, Self.reference, plan: plan)
    #expect(scores.filter { $0.feature == "field.y" }.map(\.status) == [.failed])
  }

  @Test func aChoiceOfTheMissingRateLeavesTheValuesCompared() throws {
    let plan = ComparedSets.plan("field.x", .init("org.assay.missing-rate", .value(0.01)))
    let scores = try ComparedSets.scores(Self.reference, Self.moved, plan: plan)
    #expect(scores.of("field.x", .presence).flatMap(\.measures).map(\.floor) == [0.01])
    #expect(scores.alarms == ["field.x values"])
  }

  @Test func everyMeasureHasTheRangeThatItsComparatorDeclares() throws {
    let measures = try ComparedSets.scores(Self.reference, Self.moved).of("field.x", .values).flatMap(
      \.measures)
    #expect(measures.map(\.comparator) == ["org.assay.ks/1", "org.assay.wasserstein-iqr/1"])
    #expect(measures.map(\.range) == [Bounds(min: 0, max: 1), Bounds(min: 0)])
  }

  @Test func everyScoreOfAFieldHasTheRolesOfTheSchema() throws {
    var schema = Schema()
    schema.roles = [.group: "x", .label: "x", .prediction: "z"]
    let scores = try ComparedSets.scores(Self.reference, Self.moved, plan: ComparisonPlan(schema))
    #expect(Set(scores.filter { $0.feature == "field.x" }.map(\.role)) == ["label, group"])
    #expect(scores.filter { $0.feature != "field.x" }.allSatisfy { $0.role == nil })
  }

  @Test func driftOffComparesNothing() throws {
    let plan = ComparisonPlan(DriftDeclaration(isOn: false))
    #expect(try ComparedSets.scores(Self.reference, Self.moved, plan: plan) == [])
  }

  @Test func aPluginThatCrashesLeavesTheOthersAnswered() throws {
    let folder = NSTemporaryDirectory() + "assay-comparison-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(
      atPath: "\(ExecutableFolder.path)/libAssayTestPluginMisbehaving.so",
      toPath: "\(folder)/libAssayPluginMisbehaving.so")
    let both = ComparedSets.table(fields: { ["x": .integer(Int64($0)), "y": .integer(Int64($0))] })
    let scores = try ComparedSets.scores(
      both, both, plan: ComparedSets.plan("field.x", .init("com.example.crash", .standard)), folders: [folder]
    )
    #expect(
      scores.of("field.x", .values).map(\.note) == [
        "com.example.crash/1: crashed (signal 11, Segmentation fault)"
      ])
    #expect(scores.of("field.y", .values).flatMap(\.measures).allSatisfy { $0.statistic == 0 })
  }
}
