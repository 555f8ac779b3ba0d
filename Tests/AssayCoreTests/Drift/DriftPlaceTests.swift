import AssayCore
import Testing

@Suite("Where a drift is")
struct DriftPlaceTests {
  /// A score of a slice whose effect is that often its floor; below 1 it did not move.
  private static func score(_ feature: String, _ slice: String, _ times: Double) -> DriftScore {
    var score = DriftScore(
      feature: feature, slice: slice, status: times > 1 ? .alarm : .pass, referenceCount: 900,
      currentCount: 900, movement: "mean 1 -> 2")
    score.measures = [DriftMeasure(comparator: "org.assay.ks/1", statistic: 0.1 * times, floor: 0.1)]
    return score
  }

  private static func feature(_ name: String, _ slices: KeyValuePairs<String, Double>) -> [DriftScore] {
    slices.map { score(name, $0.key, $0.value) }
  }

  @Test func theSliceOfTheLargestEffectIsNamedAndNoWeakerOne() {
    let scores = Self.feature("field.a", ["cam-1": 0.2, "cam-2": 1.5, "cam-3": 6, "night": 2])
    #expect(DriftPlace(scores)?.text == "in slice cam-3, not in slice cam-1")
  }

  @Test func aSliceThatMovedNearlyAsMuchIsNamedToo() {
    let scores = Self.feature("field.a", ["cam-1": 0.2, "cam-2": 5, "cam-3": 6, "cam-4": 5.5])
    #expect(DriftPlace(scores)?.text == "in slices cam-3, cam-4, not in slice cam-1")
  }

  @Test func theSliceInWhichSeveralFeaturesMovedMostOutweighsOneStrongFeature() {
    let scores =
      Self.feature("field.a", ["cam-1": 0.2, "cam-2": 9])
      + Self.feature("field.b", ["cam-1": 3, "cam-2": 0.2])
      + Self.feature("field.c", ["cam-1": 4, "cam-2": 0.3])
    #expect(DriftPlace(scores)?.text == "in slice cam-1, not in slice cam-2")
  }

  @Test func theStrongestOfFeaturesThatDisagreeDecides() {
    let scores =
      Self.feature("field.a", ["cam-1": 3, "cam-2": 0.2])
      + Self.feature("field.b", ["cam-1": 0.2, "cam-2": 9])
    #expect(DriftPlace(scores)?.text == "in slice cam-2, not in slice cam-1")
  }

  @Test func aFeatureThatMovedInEverySliceIsInNoPlace() {
    #expect(DriftPlace(Self.feature("field.a", ["cam-1": 3, "cam-2": 9])) == nil)
  }
}
