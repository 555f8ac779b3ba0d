/// All metrics of a set, and of each of its slices.
///
/// *Merge law*: tally by tally, and that of `SliceFamilies`.
package struct MetricTallies: Sendable {
  package let metrics: [Metric]
  private let roles: [Role: String]
  private var whole: [MetricTally]
  private var slices: SliceFamilies<[MetricTally]>

  /// Nothing counted yet.
  package init(_ checks: [MetricCheck], roles: [Role: String], slices: [SliceDeclaration]) {
    var metrics: [Metric] = []
    for check in checks where !metrics.contains(check.metric) { metrics.append(check.metric) }
    self.metrics = metrics
    self.roles = roles
    whole = metrics.map { _ in MetricTally() }
    self.slices = SliceFamilies(checks.contains(where: \.needsSlices) ? slices : [])
  }

  /// Counts one record.
  package mutating func observe(_ observation: Observation) {
    guard !metrics.isEmpty else { return }
    let reading = RoleReading(observation, roles: roles)
    for (index, metric) in metrics.enumerated() { whole[index].observe(reading, metric) }
    guard !slices.isEmpty else { return }
    slices.update(observation.slices, make: { [metrics] in Self.nothing(metrics) }) { [metrics] _, tallies in
      for (metric, tally) in zip(metrics, tallies.indices) { tallies[tally].observe(reading, metric) }
    }
  }

  private static func nothing(_ metrics: [Metric]) -> [MetricTally] { metrics.map { _ in MetricTally() } }

  /// Adds what was counted of other records by the same checks.
  package mutating func merge(_ other: MetricTallies) {
    precondition(metrics == other.metrics, "tallies of one schema")
    for index in whole.indices { whole[index].merge(other.whole[index]) }
    slices.merge(other.slices, make: { [metrics] in Self.nothing(metrics) }) { mine, theirs in
      for tally in mine.indices { mine[tally].merge(theirs[tally]) }
    }
  }

  /// What is known of one metric; nil for one that is not counted.
  package func counts(of metric: Metric) -> MetricCounts? {
    guard let index = metrics.firstIndex(of: metric) else { return nil }
    return slices.counts(whole: whole[index]) { $0[index] }
  }
}
