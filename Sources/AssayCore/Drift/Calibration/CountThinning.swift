/// Takes records out of binned counts at random, exactly as if they had been drawn one by one without replacement.
package enum CountThinning {
  /// The most records a side keeps when it is calibrated.
  package static let limit: Int64 = 20_000

  /// `keep` of the records that `counts` counts; all of them if there are no more.
  ///
  /// Integers only: distinct ranks are drawn (Floyd's algorithm) and looked up in the cumulative counts.
  ///
  /// *Source*: Bentley and Floyd 1987, "A sample of brilliance", DOI 10.1145/30401.315746.
  package static func thinned(_ counts: [Int64], to keep: Int64, _ generator: inout ResampleGenerator)
    -> [Int64]
  {
    let total = counts.reduce(0, &+)
    guard total > keep else { return counts }
    var ranks = Set<Int64>(minimumCapacity: Int(keep))
    for last in (total - keep)..<total {
      let rank = Int64(generator.next(below: UInt64(last) + 1))
      if !ranks.insert(rank).inserted { ranks.insert(last) }
    }
    return binned(ranks.sorted(), counts)
  }

  /// How many of the ascending ranks lie in each bin.
  private static func binned(_ ranks: [Int64], _ counts: [Int64]) -> [Int64] {
    var kept = [Int64](repeating: 0, count: counts.count)
    var (bin, end) = (0, counts[0])
    for rank in ranks {
      while rank >= end {
        bin += 1
        end += counts[bin]
      }
      kept[bin] += 1
    }
    return kept
  }
}
