import AssayCore
import AssayTestSupport
import Testing

@Suite("Ranking a set among windows")
struct WindowRankTests {
  static let usual: [Double?] = (1...19).map { Double($0) / 100 }

  @Test func theLargestOfTwentyHasAChanceOfOneInTwenty() {
    let rank = WindowRank([.init(current: 0.5, windows: Self.usual)])
    #expect(rank.p == [0.05] && rank.adjusted == [0.05])
  }

  @Test func aSetAmongItsWindowsHasItsRank() {
    let rank = WindowRank([.init(current: 0.155, windows: Self.usual)])
    #expect(rank.p == [0.25], "four windows of nineteen are as far away")
  }

  @Test func aTieIsNoExcess() {
    let rank = WindowRank([.init(current: 1, windows: [Double?](repeating: 1, count: 19))])
    #expect(rank.p == [1] && rank.adjusted == [1])
  }

  @Test func infiniteWindowsAreWindowsToo() {
    let windows: [Double?] = (0..<19).map { $0 < 9 ? .infinity : Double($0) }
    let rank = WindowRank([.init(current: .infinity, windows: windows)])
    #expect(rank.p == [0.5] && rank.adjusted == [0.5], "nine windows of nineteen are as far away")
  }

  @Test func smallerCanBeDrift() {
    let rank = WindowRank([.init(current: 0.001, windows: Self.usual, largerIsDrift: false)])
    #expect(rank.p == [0.05])
  }

  @Test func whatIsJustBeyondTheCriticalValueRanksFirst() {
    let windows = Self.usual
    let critical = WindowRank([.init(current: 0.1, windows: windows)]).detectable(at: 0.05)[0]
    #expect(abs(critical - 0.19) < 1e-12)
    #expect(WindowRank([.init(current: critical + 0.001, windows: windows)]).adjusted == [0.05])
    #expect(WindowRank([.init(current: critical - 0.001, windows: windows)]).adjusted == [0.1])
  }

  @Test func windowsOfOneFeatureHideWhatAnotherCouldShow() {
    let wide = WindowRank.Feature(
      current: 0.1, windows: Self.usual.map { $0.map { $0 * $0 * 100 } }, floor: 0.1)
    let narrow = WindowRank.Feature(current: 0.1, windows: Self.usual, floor: 0.1)
    let (alone, both) = (WindowRank([narrow]), WindowRank([narrow, wide]))
    #expect(both.detectable(at: 0.05)[0] > alone.detectable(at: 0.05)[0])
  }

  @Test func tooFewWindowsShowNothing() {
    let few = WindowRank([.init(current: 0.5, windows: Self.usual.dropLast(5))])
    #expect(few.detectable(at: 0.05) == [.infinity])
    let smaller = WindowRank([.init(current: 0.5, windows: Self.usual.dropLast(5), largerIsDrift: false)])
    #expect(smaller.detectable(at: 0.05) == [-.infinity])
  }

  @Test func oneFeatureBeyondItsWindowsIsNotEnoughWhereOthersVaryMore() {
    // Every window is the odd one of some feature; only one in twenty sets may be told to be odd.
    let features = (0..<19).map { odd in
      WindowRank.Feature(current: 0.01, windows: (0..<19).map { $0 == odd ? 1 : 0.001 * Double($0) })
    }
    let mild = WindowRank.Feature(current: 0.02, windows: (0..<19).map { 0.001 * Double($0) })
    let rank = WindowRank(features + [mild])
    #expect(rank.p.last == 0.05)
    #expect((rank.adjusted.last ?? 0) == 1)
  }

  @Test func aWindowWithoutTheFeatureIsNotBeyondIt() {
    let rank = WindowRank([.init(current: 0.5, windows: Self.usual.dropLast() + [nil])])
    #expect(rank.p == [0.05])
  }

  /// One more window of the same kind is told to be odd in at most one of twenty, however features hang together.
  @Test func exchangeableSetsAreFlaggedAsOftenAsIsSaid() {
    var random = SplitMix64(seed: 5)
    let trials = 4000
    let flagged = (0..<trials).count { _ in
      let sets = (0..<20).map { _ in
        let common = Double.random(in: 0..<1, using: &random)
        return (0..<6).map { Double($0 + 1) * (common + Double.random(in: 0..<1, using: &random)) }
      }
      let features = (0..<6).map { feature in
        WindowRank.Feature(current: sets[0][feature], windows: sets.dropFirst().map { $0[feature] })
      }
      return WindowRank(features).adjusted.contains { $0 <= 0.05 }
    }
    let rate = Double(flagged) / Double(trials)
    #expect(rate > 0.035 && rate < 0.065, "seed 5: \(rate)")
  }
}

@Suite("Sets that are ranked")
struct WindowSetsTests {
  static func parted(_ current: [Int64], _ parts: [[Int64]]) -> PartedCounts {
    let reference = parts.reduce(into: [10, 10]) { $0 = zip($0, $1).map(+) }
    return PartedCounts(whole: ComparedCounts(reference: reference, current: current), parts: parts)
  }

  @Test func aWindowIsHeldAgainstTheReferenceWithoutIt() {
    let sets = WindowSets(
      Self.parted([4, 4], [[5, 3], [2, 6]]), thins: true, ResampleGenerator(seed: 1))
    #expect(sets.counts.reference == [17, 19, 12, 16, 15, 13])
    #expect(sets.counts.current == [4, 4, 5, 3, 2, 6])
  }

  @Test func everySetIsOfTheSizeOfTheSmaller() {
    let parts: [[Int64]] = [[500, 300], [20, 60], [700, 100]]
    let small = WindowSets(Self.parted([30, 20], parts), thins: true, ResampleGenerator(seed: 1))
    #expect(Self.sizes(small) == [50, 50, 50, 50])
    let large = WindowSets(Self.parted([5000, 5000], parts), thins: true, ResampleGenerator(seed: 1))
    #expect(Self.sizes(large) == [800, 800, 80, 800])
  }

  @Test func pixelsAreNotThinned() {
    let sets = WindowSets(
      Self.parted([30, 20], [[500, 300]]), thins: false, ResampleGenerator(seed: 1))
    #expect(Self.sizes(sets) == [50, 800])
  }

  @Test func aWindowWithNothingOfTheFeatureHasNoRow() {
    let sets = WindowSets(
      Self.parted([3, 3], [[3, 0], [0, 0], [1, 1]]), thins: true, ResampleGenerator(seed: 1))
    #expect(sets.windows([9, 1, 2]) == [1, nil, 2])
  }

  private static func sizes(_ sets: WindowSets) -> [Int64] {
    stride(from: 0, to: sets.counts.current.count, by: 2).map {
      sets.counts.current[$0] + sets.counts.current[$0 + 1]
    }
  }
}
