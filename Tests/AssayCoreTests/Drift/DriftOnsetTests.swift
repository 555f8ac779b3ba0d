import AssayCore
import Testing

@Suite("Since when a set is another")
struct DriftOnsetTests {
  /// Days from the first of March 2026: `m` moved, `s` still, `u` untold.
  private static func onset(_ states: String) -> DriftOnset {
    let first: Int64 = 1_772_323_200
    return DriftOnset(
      states.enumerated().map { day, state in
        (first + 86_400 * Int64(day), state == "m" ? .moved : state == "s" ? .still : .untold)
      })
  }

  @Test(arguments: [
    ("ssmm", "2026-03-03T00:00:00Z: 2 of 4 windows moved"),
    ("mmm", "2026-03-01T00:00:00Z: 3 of 3 windows moved"),
    ("msmum", "2026-03-03T00:00:00Z: 3 of 5 windows moved, 1 with too few records to tell"),
    ("sumu", "2026-03-03T00:00:00Z: 1 of 4 windows moved, 2 with too few records to tell"),
    ("smms", "not to the end: 2 of 4 windows moved, the first from 2026-03-02T00:00:00Z"),
    ("ss", "not told: none of 2 windows moved by itself"),
  ])
  func itIsTheFirstWindowAfterWhichNoneStandsStill(states: String, text: String) {
    #expect(Self.onset(states).text == text)
  }

  private static func score(_ feature: String, _ status: DriftStatus, slice: String? = nil) -> DriftScore {
    DriftScore(
      feature: feature, slice: slice, status: status, referenceCount: 9, currentCount: 9, movement: "")
  }

  @Test func whatAlarmedIsLookedAtAndElseWhatWarned() {
    let scores = [
      Self.score("a", .alarm), Self.score("b", .warn), Self.score("c", .pass),
      Self.score("d", .alarm, slice: "s"),
    ]
    #expect(DriftOnset.features(scores) == ["a"])
    #expect(DriftOnset.features(Array(scores.dropFirst())) == ["b"])
    #expect(DriftOnset.features([scores[2]]) == [])
  }

  @Test func theStrongestAreLookedAt() {
    let scores = (0..<20).map { effect in
      var score = Self.score("f\(effect)", .alarm)
      score.measures = [
        DriftMeasure(comparator: "org.assay.ks/1", statistic: Double(effect) / 20, floor: 0.1)
      ]
      return score
    }
    #expect(DriftOnset.features(scores) == Set((12..<20).map { "f\($0)" }))
  }

  @Test(arguments: [
    ([DriftStatus.pass, .warn], DriftOnset.State.moved), ([.pass, .insufficient], .still),
    ([.insufficient], .untold), ([], .untold),
  ])
  func aWindowMovedWhereOneFeatureDid(statuses: [DriftStatus], state: DriftOnset.State) {
    #expect(DriftOnset.State(statuses.map { Self.score("a", $0) }) == state)
  }
}
