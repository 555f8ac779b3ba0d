/// p-values of many tests, corrected for being many.
package enum FamilyCorrection {
  package static func adjusted(_ p: [Double], _ correction: DriftFamily.Correction) -> [Double] {
    switch correction {
    case .benjaminiHochberg: benjaminiHochberg(p)
    case .benjaminiYekutieli: benjaminiYekutieli(p)
    }
  }

  /// Adjusted p-values: rejecting those at most q keeps the expected share of false ones among the rejected at most q, and
  /// where nothing drifted the chance of any rejection.
  ///
  /// *Source*: Benjamini and Hochberg 1995, DOI 10.1111/j.2517-6161.1995.tb02031.x.
  static func benjaminiHochberg(_ p: [Double]) -> [Double] { adjusted(p, factor: 1) }

  /// The same under any dependence between the tests, at the price of the factor 1 + 1/2 + ... + 1/m.
  ///
  /// *Source*: Benjamini and Yekutieli 2001, DOI 10.1214/aos/1013699998.
  static func benjaminiYekutieli(_ p: [Double]) -> [Double] {
    adjusted(p, factor: (0..<p.count).reduce(0) { $0 + 1 / Double($1 + 1) })
  }

  private static func adjusted(_ p: [Double], factor: Double) -> [Double] {
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    var result = p
    var least = 1.0
    for (rank, index) in order.enumerated().reversed() {
      least = min(least, p[index] * Double(p.count) * factor / Double(rank + 1))
      result[index] = least
    }
    return result
  }
}
