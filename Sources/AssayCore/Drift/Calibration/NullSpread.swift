/// What chance alone makes of a statistic, from its draws.
package struct NullSpread: Sendable, Hashable {
  private let statistics: [Double]
  private let largerIsDrift: Bool

  package init(_ statistics: [Double], largerIsDrift: Bool) {
    self.statistics = statistics
    self.largerIsDrift = largerIsDrift
  }

  /// How often chance alone is beyond `floor`. Range: [0, 1].
  package func rate(beyond floor: Double) -> Double {
    let beyond = statistics.count { largerIsDrift ? $0 > floor : $0 < floor }
    return Double(beyond) / Double(max(1, statistics.count))
  }

  /// The statistic that chance is beyond with probability `level`, as if draws were normal: about the smallest effect that
  /// would have been seen. A hundred draws hold no 1 in 1,000; their mean and spread say where it lies.
  package func critical(at level: Double) -> Double {
    let count = Double(max(1, statistics.count))
    let mean = statistics.reduce(0, +) / count
    let variance = statistics.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let distance = Self.normalQuantile(above: level) * variance.squareRoot()
    return largerIsDrift ? mean + distance : mean - distance
  }

  /// How many standard deviations leave `level` above; the next smaller level of a table, so that no two machines differ.
  private static func normalQuantile(above level: Double) -> Double {
    table.first { $0.level <= level }?.quantile ?? 5.2
  }

  private static let table: [(level: Double, quantile: Double)] = [
    (0.1, 1.282), (0.05, 1.645), (0.02, 2.054), (0.01, 2.326), (0.005, 2.576), (0.002, 2.878), (0.001, 3.090),
    (0.0005, 3.291), (0.0002, 3.540), (0.0001, 3.719), (0.00001, 4.265), (0.000001, 4.753),
  ]
}
