import AssayEngine
import AssayPlugins
import AssayTestSupport

/// What every comparator over counts has to keep, whatever it measures. Each check answers with what is wrong, or with
/// nothing.
struct ComparatorConformance {
  let plugin: PluginDescription
  let comparator: ComparatorDescription
  let compare: (ComparisonCounts) throws -> ComparatorHost.Outcome

  /// Counts as the comparator takes them: with edges where it wants an order, with a missing bin where it wants that.
  func counts(_ reference: [Int64], _ current: [Int64]) -> ComparisonCounts {
    var counts = comparator.acceptsOrdered ? ordered(reference, current) : categories(reference, current)
    counts.hasMissingBin = comparator.acceptsPresence
    return counts
  }

  private func categories(_ reference: [Int64], _ current: [Int64]) -> ComparisonCounts {
    ComparisonCounts(reference: reference, current: current)
  }

  private func statistics(_ counts: ComparisonCounts) throws -> [Double]? {
    if case .statistics(let values) = try compare(counts) { values } else { nil }
  }

  /// The statistic of a side compared with itself.
  var least: Double { comparator.largerIsDrift ? comparator.minimum : comparator.maximum }

  /// A row's statistic does not depend on the rows beside it.
  func batchRowsEqualSingleRows(seed: UInt64) throws -> [String] {
    var random = SplitMix64(seed: seed)
    let (bins, rows) = (7, 20)
    let reference = Self.draw(bins, &random)
    let batch = (0..<rows).map { _ in Self.draw(bins, &random) }
    guard let together = try statistics(counts(reference, Array(batch.joined()))) else {
      return ["no answer"]
    }
    return try batch.enumerated().compactMap { row, current in
      guard let alone = try statistics(counts(reference, current))?.first else {
        return "row \(row): no answer"
      }
      return alone == together[row] ? nil : "row \(row): \(together[row]) in a batch, \(alone) alone"
    }
  }

  /// Names of categories have no order.
  func permutingCategoriesChangesNothing(seed: UInt64) throws -> [String] {
    guard comparator.acceptsCategories else { return [] }
    var random = SplitMix64(seed: seed)
    return try (0..<20).compactMap { trial in
      let (reference, current) = (Self.draw(9, &random), Self.draw(9, &random))
      let order = Array(0..<9).shuffled(using: &random)
      let before = try statistics(categories(reference, current))?.first
      let after = try statistics(categories(order.map { reference[$0] }, order.map { current[$0] }))?.first
      guard let before, let after else { return "trial \(trial): no answer" }
      return agree(before, after, within: 1e-9) || abs(before - after) < 1e-12
        ? nil : "trial \(trial): \(before) became \(after)"
    }
  }

  /// A side compared with itself gives the least statistic.
  func identicalSidesGiveTheLeast() throws -> [String] {
    let sides: [[Int64]] = [[3, 0, 5, 2], [3, 1, 5, 2], [7, 9], [0, 4], [1000, 1]]
    return try sides.compactMap { side in
      let statistic = try statistics(counts(side, side))?.first
      return statistic.map { abs($0 - least) < 1e-12 } == true
        ? nil : "\(side): \(statistic.map { "\($0)" } ?? "no answer"), expected \(least)"
    }
  }

  /// All statistics are in the declared range, and none is NaN, also where bins are empty on one or both sides.
  func answersAreInRange(seed: UInt64) throws -> [String] {
    var random = SplitMix64(seed: seed)
    return try (0..<60).compactMap { trial in
      let bins = 2 + Int(random.next() % 12)
      let (reference, current) = (Self.draw(bins, &random), Self.draw(bins, &random))
      // The host refuses NaN and whatever is out of range, with a reason.
      if case .failed(let failure) = try compare(counts(reference, current)) {
        return "\(reference) against \(current), trial \(trial): \(failure)"
      }
      return nil
    }
  }

  /// An empty side has no distribution: not applicable, on either side and anywhere in a batch.
  func anEmptySideIsNotApplicable() throws -> [String] {
    let pairs: [([Int64], [Int64])] = [
      ([0, 0], [1, 2]), ([1, 2], [0, 0]), ([0, 0], [0, 0]), ([1, 2], [1, 1, 0, 0]),
    ]
    return try pairs.compactMap { sides in
      if case .notApplicable(let why) = try compare(counts(sides.0, sides.1)), !why.isEmpty { return nil }
      return "\(sides.0) against \(sides.1): \(try compare(counts(sides.0, sides.1)))"
    }
  }

  /// One bin holds everything: nothing can have moved.
  func oneBinGivesTheLeast() throws -> [String] {
    guard !comparator.acceptsPresence else { return [] }
    let statistic = try statistics(counts([5], [9]))?.first
    return statistic.map { abs($0 - least) < 1e-12 } == true ? [] : ["\(String(describing: statistic))"]
  }

  /// Counts of 2^40 give what the same shares give, and no overflow.
  func largeCountsAreNoTrouble() throws -> [String] {
    let large: Int64 = 1 << 40
    guard let equal = try statistics(counts([large, 2 * large, large], [large, 2 * large, large]))?.first,
      let moved = try statistics(counts([large, 2 * large, large], [2 * large, large, 0]))?.first
    else { return ["no answer"] }
    let isBeyond = comparator.largerIsDrift ? moved > equal : moved < equal
    // A comparator of novelty has nothing to see here.
    return abs(equal - least) < 1e-9 && (isBeyond || plugin.id == "org.assay.new-category/1")
      ? [] : ["\(equal) for equal shares, \(moved) for others"]
  }

  /// Counts from 0 to 39, a third of them zero, at least one of them not.
  private static func draw(_ bins: Int, _ random: inout SplitMix64) -> [Int64] {
    var counts = (0..<bins).map { _ in random.next() % 3 == 0 ? 0 : Int64(random.next() % 40) }
    counts[Int(random.next() % UInt64(bins))] += 1
    return counts
  }
}
