import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

@Suite("The time that windows are cut by")
struct WindowTimeTests {
  private static let hours = Partition.windows(seconds: 3600)

  private static func set(_ cameras: Range<Int>, times: [String]) -> Profile {
    var random = SplitMix64(seed: 5)
    return WindowTests.cameras(cameras, &random, partition: hours, times: times)
  }

  @Test func itsFieldIsToldByItsValues() {
    #expect(Self.set(0..<5, times: ["taken"]).parts.timeFeatures == ["field.taken"])
  }

  @Test func oneWindowTellsNothing() {
    #expect(Self.set(0..<1, times: ["taken"]).parts.timeFeatures == [])
  }

  @Test func aWindowIsNotComparedByIt() throws {
    let reference = Self.set(0..<24, times: ["taken"])
    let windows = Self.set(30..<33, times: ["taken"]).windows
    #expect(windows.map(\.profile.timeFeatures) == [["field.taken"], ["field.taken"], ["field.taken"]])
    let scores = try ComparedSets.scores(reference, windows[0].profile)
    #expect(scores.allSatisfy { $0.feature != "field.taken" } && scores.contains { $0.feature == "field.x" })
  }

  @Test func aWindowIsNotComparedByItWhereTheSchemaAsksForIt() throws {
    let plan = ComparedSets.plan("field.taken", .init("org.assay.ks", .standard))
    let scores = try ComparedSets.scores(
      Self.set(0..<3, times: ["taken"]), Self.set(30..<33, times: ["taken"]).windows[0].profile, plan: plan)
    #expect(scores.allSatisfy { $0.feature != "field.taken" })
  }

  @Test func theWholeSetIsComparedByIt() throws {
    let sets = [0..<24, 30..<33].map { Self.set($0, times: ["taken"]) }
    #expect(try ComparedSets.scores(sets[0], sets[1]).contains { $0.feature == "field.taken" })
  }

  @Test(arguments: [(["taken"], true), (["taken", "sent"], true), (["sent"], false), ([], true)])
  func windowsOfAnotherTimeAreNotDealtOut(times: [String], areDealt: Bool) throws {
    let (reference, current) = (Self.set(0..<24, times: ["taken"]), Self.set(30..<33, times: times))
    #expect(reference.parts.isOfAnotherTime(than: current.parts) == !areDealt)
    let windows = try #require(ReferenceWindows(reference, current, alpha: 0.05))
    #expect((windows.deals != nil) == areDealt)
  }
}
