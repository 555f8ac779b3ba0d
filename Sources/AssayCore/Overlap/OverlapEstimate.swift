/// How many distinct contents two sets share, told from one in 2^level of them.
///
/// A content is in both samples or in none, so what they share is a Poisson count; the interval is the exact one of such
/// a count.
///
/// *Source*: Garwood 1936, "Fiducial limits for the Poisson distribution", Biometrika 28, DOI 10.1093/biomet/28.3-4.437.
package struct OverlapEstimate: Sendable, Hashable {
  /// Shared contents in the samples: at least so many are shared.
  package var seen: Int
  /// One in 2^level distinct contents is in both samples, if it is in both sets.
  package var level: Int

  package init(seen: Int, level: Int) {
    self.seen = seen
    self.level = level
  }

  private var scale: Double { Double(UInt64(1) << UInt64(level)) }

  package var value: Double { Double(seen) * scale }

  /// Holds the number of shared contents in 95 of 100 comparisons.
  package var interval: ClosedRange<Int> {
    let low = seen == 0 ? 0 : Self.mean(count: Double(seen), tail: 0.975) * scale
    let high = Self.mean(count: Double(seen) + 1, tail: 0.025) * scale
    return max(seen, Int(low))...Int(high.rounded(.up))
  }

  /// The mean of a Poisson count that is below `count` with that probability, by bisection.
  private static func mean(count: Double, tail: Double) -> Double {
    var (low, high) = (0.0, count + 10 * count.squareRoot() + 10)
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if SpecialFunctions.upperGamma(count, middle) > tail { low = middle } else { high = middle }
    }
    return high
  }
}

extension OverlapEstimate: CustomStringConvertible {
  package var description: String {
    "about \(Int(value)) distinct contents are in both sets (\(interval.lowerBound) to \(interval.upperBound) in "
      + "95 of 100 comparisons; an estimate, from one in \(Int(scale)))"
  }
}

extension OverlapFinding {
  /// What two profiles know of contents that both sets have: exact below the cap of their samples, else an estimate.
  package init(current: Profile, reference: Profile) {
    // Windows of a profile, for one, know no contents: nothing seen is not nothing shared.
    if current.contents.itemCount == 0, current.recordCount > 0 {
      self.init(.exact, .unknown("the current set knows no contents"), of: Int(current.recordCount))
      return
    }
    let shared = current.contents.shared(with: reference.contents, hasher: current.hasher)
    let answer =
      shared.level == 0
      ? Answer.counted(Int(shared.count))
      : .estimated(OverlapEstimate(seen: shared.items, level: shared.level))
    self.init(.exact, answer, of: Int(current.recordCount))
  }
}
