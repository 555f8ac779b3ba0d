import AssayCore
import AssayTestSupport
import Glibc
import Testing

@Suite("Exchanging labels")
struct PermutationTests {
  @Test func everyDrawKeepsSizesAndPool() {
    var permuted = PermutedCounts(
      reference: [50, 0, 7, 300], current: [1, 9, 0, 40], ResampleGenerator(seed: 3))
    let draws = permuted.draw(200)
    for row in 0..<200 {
      let (left, right) = (draws.reference[4 * row..<4 * row + 4], draws.current[4 * row..<4 * row + 4])
      #expect(left.reduce(0, +) == 357 && right.reduce(0, +) == 50)
      #expect(zip(left, right).map(+) == [51, 9, 7, 340])
      #expect((left + right).allSatisfy { $0 >= 0 })
    }
  }

  /// Mean and variance of the hypergeometric law.
  @Test(arguments: [(Int64(30), Int64(70), Int64(20), Int64(80)), (5, 5, 400, 100)])
  func drawsFollowTheHypergeometricLaw(a: Int64, b: Int64, c: Int64, d: Int64) {
    var permuted = PermutedCounts(reference: [a, b], current: [c, d], ResampleGenerator(seed: 11))
    let draws = 20_000
    let drawn = permuted.draw(draws).current.enumerated().filter { $0.offset % 2 == 0 }.map {
      Double($0.element)
    }
    let (n, m, total) = (Double(c + d), Double(a + c), Double(a + b + c + d))
    let variance = n * m / total * (1 - m / total) * (total - n) / (total - 1)
    let mean = drawn.reduce(0, +) / Double(draws)
    #expect(abs(mean - n * m / total) < 5 * (variance / Double(draws)).squareRoot())
    let found = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)
    #expect(abs(found / variance - 1) < 0.06)
  }

  @Test func theSameSeedGivesTheSameDraws() {
    func draws(_ seed: UInt64) -> [Int64] {
      var permuted = PermutedCounts(reference: [40, 60], current: [9, 3], ResampleGenerator(seed: seed))
      return permuted.draw(20).current
    }
    #expect(draws(1) == draws(1))
    #expect(draws(1) != draws(2))
  }

  /// The published first outputs of SplitMix64.
  @Test func theGeneratorIsSplitMix64() {
    var generator = ResampleGenerator(seed: 1_234_567)
    #expect(
      [generator.next(), generator.next(), generator.next()] == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test func imagesMoveWhole() {
    let (left, right) = ([[Int64(4), 0], [4, 0], [4, 0]], [[Int64(0), 4], [0, 4]])
    var permuted = PermutedImages(left, right, ResampleGenerator(seed: 5))
    let draws = permuted.draw(100)
    for row in 0..<100 {
      #expect(draws.current[2 * row] % 4 == 0 && draws.current[2 * row + 1] % 4 == 0)
      #expect(draws.current[2 * row] + draws.current[2 * row + 1] == 8)
      #expect(draws.reference[2 * row] + draws.current[2 * row] == 12)
    }
  }
}

@Suite("Thinning a side")
struct CountThinningTests {
  @Test func itKeepsExactlySoMany() {
    var generator = ResampleGenerator(seed: 7)
    let thinned = CountThinning.thinned([100_000, 0, 3, 50_000], to: 20_000, &generator)
    #expect(thinned.reduce(0, +) == 20_000)
    #expect(thinned[1] == 0 && thinned[2] <= 3)
    // Two thirds, within six standard deviations.
    #expect(abs(thinned[0] - 13_333) < 400)
  }

  @Test func aSmallSideStaysAsItIs() {
    var generator = ResampleGenerator(seed: 7)
    #expect(CountThinning.thinned([5, 6], to: 11, &generator) == [5, 6])
  }

  @Test func countsNearTheLargestAreThinned() {
    var generator = ResampleGenerator(seed: 7)
    let thinned = CountThinning.thinned([1 << 61, 1 << 61], to: 1000, &generator)
    #expect(thinned.reduce(0, +) == 1000 && thinned.allSatisfy { $0 > 350 })
  }
}

@Suite("A permutation's p-value")
struct PermutationPValueTests {
  @Test func tiesCountAsExtreme() {
    var test = PermutationTest(observed: 0.3, largerIsDrift: true)
    test.add([0.3, 0.3 - 1e-12, 0.3 - 1e-6, 0.5])
    #expect(test.p == 4.0 / 5)
  }

  @Test func smallerIsDriftTurnsItRound() {
    var test = PermutationTest(observed: 0.3, largerIsDrift: false)
    test.add([0.1, 0.2, 0.4])
    #expect(test.p == 3.0 / 4)
  }

  @Test func itIsNeverZero() {
    var test = PermutationTest(observed: 9, largerIsDrift: true)
    test.add([Double](repeating: 0, count: 999))
    #expect(test.p == 0.001)
  }

  @Test func aPlainTestNeedsNoMoreDraws() {
    var test = PermutationTest(observed: 1, largerIsDrift: true)
    test.add([Double](repeating: 2, count: 20) + [Double](repeating: 0, count: 79))
    #expect(test.isPlain)
    var open = PermutationTest(observed: 1, largerIsDrift: true)
    open.add([Double](repeating: 2, count: 19) + [Double](repeating: 0, count: 80))
    #expect(!open.isPlain)
  }
}

@Suite("Judging a family of tests")
struct DriftFamilyTests {
  static func score(
    p: Double?, statistic: Double = 0.3, floor: Double? = 0.1, breakFloor: Double? = 0.5, n: Int64 = 1000,
    detectable: Double = 0.01, pixels: Bool = false, new: Bool = false
  ) -> DriftScore {
    var score = DriftScore(
      feature: "x", status: .notApplicable, referenceCount: 5000, currentCount: n, movement: "")
    var measure = DriftMeasure(
      comparator: "c", statistic: statistic, floor: floor, breakFloor: breakFloor)
    measure.detectable = detectable
    score.measures = [measure]
    score.chance = p.map { DriftChance(method: .permutation, p: $0, draws: 999) }
    score.isOfPixels = pixels
    score.isNew = new
    return score
  }

  static func status(_ score: DriftScore, independent: Bool = true) -> DriftStatus {
    var scores = [score]
    DriftFamily(assumesIndependence: independent).judge(&scores)
    return scores[0].status
  }

  @Test func chanceAloneIsAPass() { #expect(Self.status(Self.score(p: 0.2)) == .pass) }

  @Test func aSmallEffectWarns() {
    #expect(Self.status(Self.score(p: 0.001, statistic: 0.05), independent: false) == .warn)
  }

  @Test func aLargeEffectAlarmsOnlyWhereRecordsAreKnownToHangTogether() {
    #expect(Self.status(Self.score(p: 0.001), independent: false) == .alarm)
    #expect(Self.status(Self.score(p: 0.001), independent: true) == .warn)
  }

  @Test func aBreakAlwaysAlarms() {
    #expect(Self.status(Self.score(p: 0.001, statistic: 0.6)) == .alarm)
  }

  @Test func aLargeEffectThatChanceGivesIsNoAlarm() {
    #expect(Self.status(Self.score(p: 0.3, statistic: 0.9)) == .pass)
  }

  @Test func fewRecordsAreNeverAPass() {
    #expect(Self.status(Self.score(p: 0.3, n: 29)) == .insufficient)
    #expect(Self.status(Self.score(p: 0.3, n: 30)) == .pass)
  }

  @Test func whatCouldNotBeSeenIsNoPass() {
    #expect(Self.status(Self.score(p: 0.3, detectable: 0.11)) == .insufficient)
  }

  private static func ranked(adjusted: Double, statistic: Double = 0.3, slice: Bool = false) -> DriftStatus {
    var scores = [score(p: adjusted, statistic: statistic)]
    if !slice { scores[0].chance = DriftChance(method: .conformal, p: 0.01, adjusted: adjusted, draws: 30) }
    DriftFamily(hasWindows: true).judge(&scores)
    return scores[0].status
  }

  @Test func anEffectThatMattersBeyondAllWindowsAlarms() {
    #expect(Self.ranked(adjusted: 0.04) == .alarm)
    #expect(Self.ranked(adjusted: 0.04, statistic: 0.05) == .warn)
  }

  @Test func whatWindowsDoTooIsUsualHoweverLarge() {
    #expect(Self.ranked(adjusted: 0.2, statistic: 0.9) == .pass)
  }

  @Test func ranksAreNotCorrectedAgain() {
    var scores = (0..<9).map { _ in Self.score(p: 0.9) }
    scores[0].chance = DriftChance(method: .groups, p: 0.04, draws: 999)
    DriftFamily(hasWindows: true).judge(&scores)
    #expect(scores[0].chance?.adjusted == 0.04 && scores[0].status == .alarm)
  }

  @Test func whatIsNotRankedWarnsOnlyWhereItBreaks() {
    #expect(Self.ranked(adjusted: 0.001, statistic: 0.6, slice: true) == .warn)
    #expect(Self.ranked(adjusted: 0.001, statistic: 0.3, slice: true) == .pass)
  }

  @Test func newsOnlyWarn() { #expect(Self.status(Self.score(p: 0.001, statistic: 1, new: true)) == .warn) }

  @Test func manyTestsAreCorrected() {
    var scores = [Self.score(p: 0.02)] + (0..<9).map { _ in Self.score(p: 0.9) }
    DriftFamily().judge(&scores)
    #expect(scores[0].status == .pass)
    #expect(abs((scores[0].chance?.adjusted ?? 0) - 0.2) < 1e-12)
  }

  @Test func pixelsHaveAShareOfTheirOwn() {
    var scores = [Self.score(p: 0.019, pixels: true), Self.score(p: 0.031)]
    DriftFamily().judge(&scores)
    #expect(scores.map(\.status) == [.warn, .pass])
    var alone = [Self.score(p: 0.049, pixels: true)]
    DriftFamily().judge(&alone)
    #expect(alone[0].status == .warn)
  }

  @Test func whatWasNotCalibratedKeepsItsStatus() {
    var failed = Self.score(p: nil)
    failed.status = .failed
    var scores = [failed, Self.score(p: 0.5)]
    DriftFamily().judge(&scores)
    #expect(scores.map(\.status) == [.failed, .pass])
  }
}

@Suite("What chance makes of an effect")
struct NullSpreadTests {
  @Test func ratesAreSharesOfTheDraws() {
    let spread = NullSpread([0.1, 0.2, 0.3, 0.4], largerIsDrift: true)
    #expect(spread.rate(beyond: 0.25) == 0.5)
    #expect(NullSpread([0.1, 0.2, 0.3, 0.4], largerIsDrift: false).rate(beyond: 0.15) == 0.25)
  }

  /// The quantiles of a law in the middle of each of `count` equal shares.
  private static func spread(_ count: Int, sign: Double = 1, _ quantile: (Double) -> Double) -> NullSpread {
    NullSpread(
      (0..<count).map { sign * quantile((Double($0) + 0.5) / Double(count)) }, largerIsDrift: sign > 0)
  }

  @Test(arguments: [99, 999], [0.01, 0.001])
  func theCriticalValueIsNotBelowTheQuantileOfKolmogorovsLaw(count: Int, level: Double) {
    let quantile = { (share: Double) in (-0.5 * log((1 - share) / 2)).squareRoot() }
    let critical = Self.spread(count, quantile).critical(at: level)
    #expect(critical >= quantile(1 - level) && critical < 1.25 * quantile(1 - level))
  }

  @Test func smallerCanBeDriftForTheCriticalValueToo() {
    let quantile = { (share: Double) in -log(1 - share) }
    let below = Self.spread(99, sign: -1, quantile).critical(at: 0.01)
    #expect(below == -Self.spread(99, quantile).critical(at: 0.01) && below < -4)
  }

  @Test func aLevelThatDrawsReachIsTheirQuantile() {
    #expect(NullSpread([1, 2, 3, 4], largerIsDrift: true).critical(at: 0.5) == 2)
    #expect(NullSpread([5], largerIsDrift: true).critical(at: 0.01) == 5)
  }

  @Test func drawsBeyondTheSecondStageAreLeftOut() {
    var spread = NullSpread([Double](repeating: 0, count: 900), largerIsDrift: true)
    spread.add([Double](repeating: 1, count: 5000))
    #expect(spread.rate(beyond: 0.5) == 99.0 / 999)
  }
}
