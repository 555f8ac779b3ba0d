import AssayCore
import Testing

@Suite("Drifts that somebody accepted")
struct AcceptedDriftTests {
  private static func score(_ feature: String, p: Double, ks: Double = 0.5, slice: String? = nil)
    -> DriftScore
  {
    var score = DriftScore(
      feature: feature, slice: slice, status: .notApplicable, referenceCount: 900, currentCount: 900,
      movement: "mean 1 -> 2")
    score.measures = [
      DriftMeasure(comparator: "org.assay.ks/1", statistic: ks, floor: 0.1, breakFloor: 0.4)
    ]
    score.chance = DriftChance(method: .permutation, p: p, draws: 9999)
    return score
  }

  private static func accepted(_ feature: String = "field.a", max: Double = 0.6, until: String = "2026-12-31")
    -> AcceptedDrift
  {
    AcceptedDrift(
      feature: feature, comparator: "org.assay.ks/1", effect: Bounds(max: max), until: until,
      because: "new lens")
  }

  private static func judged(
    _ scores: [DriftScore], _ accepted: [AcceptedDrift], today: String? = "2026-12-31"
  ) -> [DriftScore] {
    var scores = scores
    DriftFamily(assumesIndependence: false).judge(&scores, accepted: accepted, today: today)
    return scores
  }

  @Test func anAlarmWithinItsEffectPassesWithANote() {
    let score = Self.judged([Self.score("field.a", p: 0.001)], [Self.accepted()])[0]
    #expect(score.status == .pass && score.isAccepted)
    #expect(score.note == "accepted until 2026-12-31: new lens")
  }

  @Test func aWarningPassesToo() {
    let score = Self.judged([Self.score("field.a", p: 0.001, ks: 0.05)], [Self.accepted()])[0]
    #expect(score.status == .pass && score.isAccepted)
  }

  @Test func roundingBeyondTheEndOfTheStatisticIsNoLargerEffect() {
    let score = Self.judged(
      [Self.score("field.a", p: 0.001, ks: (1.0).nextUp)], [Self.accepted(max: 1)])[0]
    #expect(score.isAccepted)
  }

  @Test func aLargerEffectAlarmsAndSaysSo() {
    let score = Self.judged([Self.score("field.a", p: 0.001)], [Self.accepted(max: 0.45)])[0]
    #expect(score.status == .alarm && score.acceptance?.state == .beyond)
    #expect(score.note == "accepted with org.assay.ks/1 at most 0.45, found 0.5: new lens")
  }

  @Test(arguments: [("2026-12-31", DriftStatus.pass), ("2027-01-01", .alarm)])
  func theLastDayIsTheLast(today: String, status: DriftStatus) {
    let score = Self.judged([Self.score("field.a", p: 0.001)], [Self.accepted()], today: today)[0]
    #expect(score.status == status)
    #expect(score.note?.contains("accepted until 2026-12-31") == true)
  }

  @Test func aNewerAcceptanceBesideAnOldOneHolds() {
    let both = [Self.accepted(until: "2026-01-01"), Self.accepted()]
    #expect(Self.judged([Self.score("field.a", p: 0.001)], both)[0].isAccepted)
  }

  @Test func anotherSliceIsNotAccepted() {
    let score = Self.judged([Self.score("field.a", p: 0.001, slice: "night")], [Self.accepted()])[0]
    #expect(score.status == .alarm && score.acceptance == nil)
  }

  @Test func anEffectOfAnotherComparatorIsNotTakenForTheSame() {
    var accepted = Self.accepted()
    accepted.comparator = "org.assay.ks/2"
    let score = Self.judged([Self.score("field.a", p: 0.001)], [accepted])[0]
    #expect(score.status == .alarm && score.acceptance?.state == .unmeasured)
  }

  @Test func whatDidNotMoveIsNotAccepted() {
    let score = Self.judged([Self.score("field.a", p: 0.9, ks: 0.01)], [Self.accepted()])[0]
    #expect(score.status == .pass && score.acceptance == nil && score.note == nil)
  }

  @Test func aKnownDriftDoesNotMakeOthersSignificant() throws {
    let scores = [
      Self.score("field.a", p: 0.0001), Self.score("field.b", p: 0.04), Self.score("field.c", p: 0.9),
    ]
    // The second smallest of three, the smallest of two.
    for (accepted, p) in [([], 0.06), ([Self.accepted()], 0.08)] {
      let adjusted = try #require(Self.judged(scores, accepted)[1].chance?.adjusted)
      #expect(abs(adjusted - p) < 1e-12)
    }
  }
}
