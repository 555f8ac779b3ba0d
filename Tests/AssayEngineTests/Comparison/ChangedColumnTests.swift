import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

@Suite("Columns that came, went or changed")
struct ChangedColumnTests {
  static func presence(_ reference: Profile, _ current: Profile) throws -> DriftScore {
    try #require(try ComparedSets.scores(reference, current).of("field.x", .presence).first)
  }

  @Test func aFieldThatWentAlarms() throws {
    let score = try Self.presence(ComparedSets.column { .integer(Int64($0)) }, ComparedSets.table())
    #expect(score.status == .alarm)
    #expect(score.note == "no such field in the current set")
    #expect(score.movement == "present in 100 % -> 0 %")
  }

  @Test func aFieldThatCameWarns() throws {
    let score = try Self.presence(ComparedSets.table(), ComparedSets.column { .integer(Int64($0)) })
    #expect(score.status == .warn)
    #expect(score.note == "no such field in the reference")
  }

  @Test func valuesThatAreAllMissingAlarm() throws {
    let score = try Self.presence(
      ComparedSets.column { .integer(Int64($0)) }, ComparedSets.column { _ in .missing })
    #expect(score.status == .alarm)
    #expect(score.note == "no values in the current set")
  }

  @Test func aFieldWithoutValuesOnEitherSideIsNamed() throws {
    let score = try Self.presence(
      ComparedSets.column { _ in .missing }, ComparedSets.column { _ in .missing })
    #expect(score.status == .pass)
    #expect(score.note == "no values on either side")
  }

  @Test func aFieldTooRareToAlarmIsStillNamed() throws {
    let score = try Self.presence(
      ComparedSets.column { $0 == 0 ? .integer(1) : .missing }, ComparedSets.table())
    #expect(score.status == .pass)
    #expect(score.note == "no such field in the current set")
  }

  @Test func aFieldThatWentAlarmsAlsoInFewRecords() throws {
    let score = try Self.presence(ComparedSets.column { .integer(Int64($0)) }, ComparedSets.table(20))
    #expect(score.status == .alarm)
  }

  @Test func imagesThatWentAreNamed() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.table(images: { _ in [ComparedSets.image(), ComparedSets.image("mask")] }),
      ComparedSets.table(images: { _ in [ComparedSets.image()] }))
    #expect(scores.alarms == ["mask presence"])
    #expect(scores.of("mask", .presence).first?.note == "no such image in the current set")
  }

  @Test func imagesThatBreakMoreOftenAlarm() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.table(images: { _ in [ComparedSets.image()] }),
      ComparedSets.table(images: { [ComparedSets.image("image", $0 % 3 == 0 ? .damaged : .ok)] }))
    #expect(scores.alarms == ["image.outcome values"])
    #expect(scores.of("image.outcome", .values).first?.movement == "damaged: 0 % -> 34 %")
  }

  @Test func numbersThatBecameTextAlarmAsAKind() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .integer(Int64($0)) }, ComparedSets.column { .text("n\($0 % 5)") })
    #expect(scores.alarms == ["field.x kinds"])
    #expect(scores.of("field.x", .kinds).first?.movement == "number: 100 % -> 0 %, text: 0 % -> 100 %")
    #expect(scores.of("field.x", .values).map(\.movement) == ["numbers became words"])
    #expect(scores.of("field.x", .values).map(\.status) == [.notApplicable])
  }

  @Test func fewTextsAmongNumbersLeaveTheNumbersCompared() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .integer(Int64($0)) },
      ComparedSets.column { $0 % 50 == 0 ? .text("n/a") : .integer(Int64($0)) })
    #expect(scores.alarms == [])
    #expect(scores.of("field.x", .values).flatMap(\.measures).contains { $0.comparator == "org.assay.ks/1" })
  }

  @Test func infiniteValuesAreAKindOfTheirOwn() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .real(Double($0)) },
      ComparedSets.column { $0 % 4 == 0 ? .real(.infinity) : .real(Double($0)) })
    #expect(scores.alarms == ["field.x kinds"])
    #expect(scores.of("field.x", .kinds).first?.movement == "number: 100 % -> 75 %, infinite: 0 % -> 25 %")
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func aSideWithoutFiniteNumbersIsNamed(value: Double) throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .real(Double($0)) }, ComparedSets.column { _ in .real(value) })
    #expect(scores.of("field.x", .values).map(\.movement) == ["no finite number in the current set"])
    #expect(scores.alarms == ["field.x kinds"])
  }

  @Test func aConstantColumnPasses() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { _ in .integer(5) }, ComparedSets.column { _ in .integer(5) })
    #expect(scores.allSatisfy { $0.status == .pass })
    #expect(scores.of("field.x", .values).first?.movement == "always 5 -> always 5")
  }

  @Test func aConstantThatChangedAlarms() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { _ in .integer(5) }, ComparedSets.column { .integer(Int64(5 + $0 % 2)) })
    #expect(scores.alarms == ["field.x values"])
    #expect(scores.of("field.x", .values).first?.movement == "always 5 -> 5 to 6")
  }

  @Test func theLargestNumbersAreCompared() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { _ in .real(.greatestFiniteMagnitude) },
      ComparedSets.column { $0 % 2 == 0 ? .real(-.greatestFiniteMagnitude) : .real(.greatestFiniteMagnitude) }
    )
    #expect(scores.alarms == ["field.x values"])
    #expect(scores.allSatisfy { $0.status != .failed }, "\(scores.compactMap(\.note))")
  }

  @Test func namesOfSingleRecordsAreComparedByTheirLength() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .text("a-\(1000 + $0)") }, ComparedSets.column { .text("b-\(1000 + $0)") })
    #expect(scores.alarms == [])
    #expect(scores.of("field.x", .lengths).flatMap(\.measures).contains { $0.comparator == "org.assay.ks/1" })
  }

  @Test func instantsAreComparedByHour() throws {
    let scores = try ComparedSets.scores(
      ComparedSets.column { .text("2024-03-1\($0 % 7)T0\($0 % 5):00:00Z") },
      ComparedSets.column { .text("2024-03-1\($0 % 7)T2\($0 % 3):00:00Z") })
    #expect(scores.alarms == ["field.x hours"])
  }
}
