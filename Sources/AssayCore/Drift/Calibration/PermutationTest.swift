/// How often chance alone gives a statistic as extreme as the one that was observed.
///
/// Draws come in stages, so that a feature that plainly did not move costs a hundred draws and one that did as many as
/// its family needs. A stage is entered only while fewer than a fifth of the draws are as extreme, which keeps
/// P(p <= x) <= x: a small p needs few exceedances in every stage.
///
/// *Source*: Besag and Clifford 1991, "Sequential Monte Carlo p-values", DOI 10.1093/biomet/78.2.301; the +1 is that of
/// Phipson and Smyth 2010, DOI 10.2202/1544-6115.1585.
package struct PermutationTest: Sendable, Hashable {
  /// Draws after the first and the second stage.
  package static let firstDraws = 99
  package static let secondDraws = 999
  /// The most draws one test may take.
  package static let mostDraws = 99_999

  package let observed: Double
  package let largerIsDrift: Bool
  package private(set) var draws = 0
  package private(set) var exceedances = 0

  package init(observed: Double, largerIsDrift: Bool) {
    self.observed = observed
    self.largerIsDrift = largerIsDrift
  }

  /// Counts the statistics of more draws. One counts as extreme when it is not on the harmless side of the observed one
  /// by more than 1e-9 of it, so that rounding decides nothing.
  package mutating func add(_ statistics: [Double]) {
    let slack = 1e-9 * observed.magnitude
    draws += statistics.count
    exceedances += statistics.count {
      largerIsDrift ? $0 >= observed - slack : $0 <= observed + slack
    }
  }

  /// Range: (0, 1].
  package var p: Double { Double(exceedances + 1) / Double(draws + 1) }

  /// Whether the first stage says enough.
  package var isPlain: Bool { draws >= Self.firstDraws && 5 * exceedances > draws }
}
