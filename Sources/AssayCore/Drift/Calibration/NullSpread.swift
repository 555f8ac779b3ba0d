import Glibc

/// What chance alone makes of a statistic, from its draws.
package struct NullSpread: Sendable, Hashable {
  private var statistics: [Double]
  private let largerIsDrift: Bool

  package init(_ statistics: [Double], largerIsDrift: Bool) {
    self.statistics = statistics
    self.largerIsDrift = largerIsDrift
  }

  /// Takes more draws, as many as a second stage has: what comes later is for small p-values alone.
  package mutating func add(_ more: [Double]) {
    statistics += more.prefix(max(0, PermutationTest.secondDraws - statistics.count))
  }

  /// How often chance alone is beyond `floor`. Range: [0, 1].
  package func rate(beyond floor: Double) -> Double {
    let beyond = statistics.count { largerIsDrift ? $0 > floor : $0 < floor }
    return Double(beyond) / Double(max(1, statistics.count))
  }

  /// The statistic that chance is beyond with probability `level`: about the smallest effect that would have been seen.
  ///
  /// A hundred draws hold no 1 in 1,000. Their outermost tenth is continued as an exponential law, which reaches further than
  /// the tail of any statistic whose hazard grows, as those of ours do; a standard error is added to its mean, so that chance
  /// seldom makes it too short. Mean and spread of all draws, taken for normal, fell short by 10 to 40 % (99 draws of the laws
  /// of KS, of one share and of chi-square, at 1 in 100 and 1 in 740).
  package func critical(at level: Double) -> Double {
    let sign: Double = largerIsDrift ? 1 : -1
    let outward = statistics.map { sign * $0 }.sorted(by: >)
    let tail = min(max(1, outward.count / 10), outward.count - 1)
    guard tail > 0 else { return sign * (outward.first ?? 0) }
    let share = Double(tail) / Double(outward.count)
    let start = outward[tail]
    guard level < share, start.isFinite else {
      return sign * outward[min(Int(level * Double(outward.count)), outward.count - 1)]
    }
    let excess = outward[..<tail].reduce(0) { $0 + ($1 - start) } / Double(tail)
    return sign * (start + excess * (1 + 1 / Double(tail).squareRoot()) * log(share / level))
  }
}
