/// All metrics of a set, and of each of its slices.
///
/// *Merge law*: tally by tally. Of a slice by value those names are kept that have the smallest hashes, which is a function
/// of the names alone; a kept one is complete.
package struct MetricTallies: Sendable {
  /// The slices of one declaration.
  private struct Family: Sendable {
    var declaration: SliceDeclaration
    var slices: SmallestKeys<[MetricTally]>
    /// Whether there are more slices than are kept.
    var isPartial = false
  }

  package let metrics: [Metric]
  private let roles: [Role: String]
  private var whole: [MetricTally]
  private var families: [Family]
  private let hasher = SipHash()

  /// Nothing counted yet.
  package init(_ checks: [MetricCheck], roles: [Role: String], slices: [SliceDeclaration]) {
    var metrics: [Metric] = []
    for check in checks where !metrics.contains(check.metric) { metrics.append(check.metric) }
    self.metrics = metrics
    self.roles = roles
    whole = metrics.map { _ in MetricTally() }
    let needsSlices = checks.contains { $0.scope != .whole }
    families = (needsSlices ? slices : []).map {
      Family(declaration: $0, slices: SmallestKeys(limit: $0.maxSlices))
    }
  }

  /// Counts one record.
  package mutating func observe(_ observation: Observation) {
    guard !metrics.isEmpty else { return }
    let reading = RoleReading(observation, roles: roles)
    for (index, metric) in metrics.enumerated() { whole[index].observe(reading, metric) }
    guard !families.isEmpty else { return }
    for name in observation.slices {
      guard let index = families.firstIndex(where: { $0.declaration.names(name) }) else { continue }
      change(index, name) { [metrics] tallies in
        for (metric, tally) in zip(metrics, tallies.indices) { tallies[tally].observe(reading, metric) }
      }
    }
  }

  private mutating func change(_ family: Int, _ name: String, _ change: (inout [MetricTally]) -> Void) {
    let count = metrics.count
    var isDropped = false
    let isKept = families[family].slices.update(
      name, hasher: hasher, make: { [MetricTally](repeating: MetricTally(), count: count) },
      evict: { _ in isDropped = true }, change)
    if isDropped || !isKept { families[family].isPartial = true }
  }

  /// Adds what was counted of other records by the same checks.
  package mutating func merge(_ other: MetricTallies) {
    precondition(metrics == other.metrics && families.count == other.families.count, "tallies of one schema")
    for index in whole.indices { whole[index].merge(other.whole[index]) }
    for (index, family) in other.families.enumerated() {
      for (name, tallies) in family.slices.sorted {
        change(index, name) { mine in
          for tally in mine.indices { mine[tally].merge(tallies[tally]) }
        }
      }
      if family.isPartial { families[index].isPartial = true }
    }
  }
}

extension MetricTallies {
  /// What is known of one metric; nil for one that is not counted.
  package func counts(of metric: Metric) -> MetricCounts? {
    guard let index = metrics.firstIndex(of: metric) else { return nil }
    var counts = MetricCounts(whole: whole[index])
    for family in families {
      counts.slices += family.slices.sorted.map {
        MetricCounts.Slice(name: $0.name, tally: $0.element[index], minRecords: family.declaration.minRecords)
      }
      if family.isPartial { counts.partial.append(family.declaration.name) }
    }
    return counts
  }
}

/// One metric of a set and of its slices.
package struct MetricCounts: Sendable, Hashable {
  /// One slice.
  package struct Slice: Sendable, Hashable {
    package var name: String
    package var tally: MetricTally
    /// Below it the slice is not judged, as its declaration says.
    package var minRecords: Int

    package init(name: String, tally: MetricTally, minRecords: Int = 0) {
      self.name = name
      self.tally = tally
      self.minRecords = minRecords
    }
  }

  package var whole: MetricTally
  /// In the order of their declarations, then by name.
  package var slices: [Slice] = []
  /// Declarations by value that have more slices than are kept.
  package var partial: [String] = []

  package init(whole: MetricTally, slices: [Slice] = []) {
    self.whole = whole
    self.slices = slices
  }
}

extension SliceDeclaration {
  /// Whether a record's slice of that name is one of this declaration.
  fileprivate func names(_ slice: String) -> Bool {
    switch membership {
    case .condition: slice == name
    case .value: slice.hasPrefix("\(name)=")
    }
  }
}
