/// The limit law of a statistic without drift, for sets too large to permute.
package enum NullLaw: String, Sendable, Hashable, Codable {
  /// The largest gap between two distribution functions.
  case kolmogorov
  /// Pearson's statistic, with one degree of freedom less than bins that are not empty.
  case chiSquare = "chi-square"

  /// The probability of a statistic at least as large. Range: [0, 1].
  package func probability(of statistic: Double, _ counts: ComparedCounts) -> Double {
    switch self {
    case .kolmogorov:
      let sizes = (counts.reference.reduce(0, &+), counts.current.reduce(0, &+))
      return Self.kolmogorov(statistic, sizes.0, sizes.1)
    case .chiSquare:
      let freedom = Double(counts.occupiedBins - 1)
      return freedom < 1 ? 1 : SpecialFunctions.upperGamma(freedom / 2, statistic / 2)
    }
  }

  /// *Source*: Stephens 1970, DOI 10.1111/j.2517-6161.1970.tb00821.x: the limit law at a corrected argument.
  package static func kolmogorov(_ gap: Double, _ reference: Int64, _ current: Int64) -> Double {
    let (n, m) = (Double(reference), Double(current))
    let size = (n * m / (n + m)).squareRoot()
    return SpecialFunctions.kolmogorov((size + 0.12 + 0.11 / size) * gap)
  }
}
