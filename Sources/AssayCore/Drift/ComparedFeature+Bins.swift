/// Counts of both sides on common bins, as a comparator takes them.
package struct ComparedCounts: Sendable, Hashable {
  package var reference: [Int64]
  package var current: [Int64]
  /// One more than bins, ascending and finite; empty for categories.
  package var edges: [Double]
  /// A number that stands for each bin, ascending; empty for categories.
  package var centers: [Double]
  /// Whether the last bin counts records without a value.
  package var hasMissingBin: Bool
  /// Whether bins are hashes of names: divergences are lower bounds then.
  package var isHashed: Bool

  package init(
    reference: [Int64], current: [Int64], edges: [Double] = [], centers: [Double] = [],
    hasMissingBin: Bool = false,
    isHashed: Bool = false
  ) {
    self.reference = reference
    self.current = current
    self.edges = edges
    self.centers = centers
    self.hasMissingBin = hasMissingBin
    self.isHashed = isHashed
  }

  /// Bins that hold a record of either side.
  package var occupiedBins: Int { zip(reference, current).count { $0.0 > 0 || $0.1 > 0 } }
}

extension ComparedFeature {
  /// The feature on at most `bins` common bins of about equal pooled mass; 0 for as fine as the profile keeps it. Nil
  /// where there is nothing to compare.
  package func counts(bins: Int) -> ComparedCounts? {
    switch form {
    case .histogram(let left, let right): Self.histogram(left, right, bins: bins)
    case .jointHistogram(let left, let right): Self.joint(left, right)
    case .categories: categories()
    case .ordered(let left, let right): bins == 0 ? Self.fine(left, right) : Self.coarse(left, right, bins)
    case .tally(let tally): ComparedCounts(reference: tally.reference, current: tally.current)
    case .presence: presence()
    case .vectors, .incomparable: nil
    }
  }

  /// Every bucket a bin. Infinities and NaN have no place in it: they are of other kinds.
  private static func fine(_ left: NumericDistribution, _ right: NumericDistribution) -> ComparedCounts? {
    let aligned = NumericDistribution.aligned(left, right)
    guard let last = aligned.last else { return nil }
    return ComparedCounts(
      reference: aligned.map(\.reference), current: aligned.map(\.current),
      edges: aligned.map(\.bucket.lower) + [above(last.bucket.upper)], centers: aligned.map(\.bucket.middle))
  }

  /// Of finite numbers alone, as `fine` has it: the infinities that `CommonBins` adds to the outer bins are taken out.
  private static func coarse(_ left: NumericDistribution, _ right: NumericDistribution, _ bins: Int)
    -> ComparedCounts?
  {
    let common = CommonBins(left, right, binCount: bins)
    guard var edges = common.edges, edges.count >= 2 else { return nil }
    edges[0] = min(left.minimum, right.minimum)
    edges[edges.count - 1] = above(max(left.maximum, right.maximum))
    // A first bin of infinities alone ends where the finite numbers begin.
    if edges[1] <= edges[0] { edges[0] = edges[1].nextDown }
    guard edges.allSatisfy(\.isFinite), zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
      return fine(left, right)
    }
    return ComparedCounts(
      reference: finite(common.reference, left), current: finite(common.current, right), edges: edges,
      centers: zip(edges, edges.dropFirst()).map { $0 / 2 + $1 / 2 })
  }

  private static func finite(_ counts: [Int64], _ numbers: NumericDistribution) -> [Int64] {
    var counts = counts
    counts[0] &-= numbers.negativeInfinityCount
    counts[counts.count - 1] &-= numbers.positiveInfinityCount
    return counts
  }

  /// The next larger finite number.
  static func above(_ number: Double) -> Double { min(number.nextUp, .greatestFiniteMagnitude) }

  private func categories() -> ComparedCounts {
    let common = CommonBins(reference, current)
    let missing = missingCounts
    let hasMissing = missing.0 > 0 || missing.1 > 0
    return ComparedCounts(
      reference: common.reference + (hasMissing ? [missing.0] : []),
      current: common.current + (hasMissing ? [missing.1] : []), hasMissingBin: hasMissing,
      isHashed: common.isHashed)
  }

  private func presence() -> ComparedCounts {
    let (present, missing) = (presentCounts, missingCounts)
    return ComparedCounts(
      reference: [present.reference, missing.0], current: [present.current, missing.1], hasMissingBin: true)
  }

  /// Records without a value; none where a record can have several.
  private var missingCounts: (Int64, Int64) {
    (max(0, referenceRecords &- presentCounts.reference), max(0, currentRecords &- presentCounts.current))
  }

  /// On as many levels as both sides keep.
  private static func joint(_ left: [Int64], _ right: [Int64]) -> ComparedCounts {
    let levels = min(left.count, right.count) == 256 ? 16 : 8
    return ComparedCounts(
      reference: folded(joint: left, levels: levels), current: folded(joint: right, levels: levels))
  }

  /// As fine as both sides keep them, or 16 bins.
  private static func histogram(_ left: [Int64], _ right: [Int64], bins: Int) -> ComparedCounts {
    let count = bins == 0 ? min(left.count, right.count) : pixelBins
    let edges = pixelEdges(count)
    return ComparedCounts(
      reference: folded(left, to: count), current: folded(right, to: count), edges: edges,
      centers: zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 })
  }

  /// Bins of code values that a comparator is shown, unless it wants them as fine as they are.
  static let pixelBins = 16

  /// The ends of `count` bins of code values 0...255.
  static func pixelEdges(_ count: Int) -> [Double] {
    stride(from: 0, through: 256, by: 256 / count).map { Double($0) - 0.5 }
  }

  /// Counts of neighbours added up until there are `count`.
  static func folded(_ counts: [Int64], to count: Int) -> [Int64] {
    let width = counts.count / count
    return stride(from: 0, to: counts.count, by: width).map { counts[$0..<$0 + width].reduce(0, &+) }
  }

  /// Joint counts of red and blue on `levels` levels of each.
  static func folded(joint counts: [Int64], levels: Int) -> [Int64] {
    let side = counts.count == 256 ? 16 : 8
    return counts.indices.reduce(into: [Int64](repeating: 0, count: levels * levels)) { sums, index in
      sums[index / side * levels / side * levels + index % side * levels / side] &+= counts[index]
    }
  }
}
