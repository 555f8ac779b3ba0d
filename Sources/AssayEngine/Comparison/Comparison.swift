package import AssayCore
package import AssayPlugins

/// Compares a current profile with a reference, feature by feature.
package struct Comparison {
  private let host: ComparatorHost
  private let plan: ComparisonPlan

  /// Throws when the plan names a comparator that the registry does not hold.
  package init(host: ComparatorHost, plan: ComparisonPlan = ComparisonPlan()) throws(PluginError) {
    self.host = host
    self.plan = plan
    for test in plan.overrides.values.joined() { _ = try Self.plugin(test.comparator, host) }
  }

  /// All scores: the whole set, then every slice both profiles have.
  package func scores(reference: Profile, current: Profile) throws -> [DriftScore] {
    var scores = try self.scores(reference.whole, current.whole, slice: nil)
    let names = reference.slices.sorted.map(\.name).filter { current.slices[$0] != nil }
    for name in names {
      guard let left = reference.slices[name], let right = current.slices[name] else { continue }
      scores += try self.scores(left, right, slice: name)
    }
    return scores
  }

  private func scores(_ reference: Population, _ current: Population, slice: String?) throws -> [DriftScore] {
    try ComparedFeature.all(reference, current).flatMap { feature in
      try plan.tests(of: feature).compactMap { try score(feature, $0, slice) }
    }
  }

  private func score(_ feature: ComparedFeature, _ test: ComparisonPlan.Test, _ slice: String?) throws
    -> DriftScore?
  {
    let plugin = try Self.plugin(test.comparator, host)
    guard let comparator = plugin.comparator, comparator.accepts(feature) else { return nil }
    var score = DriftScore(
      feature: feature.name, slice: slice, comparator: plugin.id, unit: comparator.unit,
      threshold: test.threshold,
      status: .pass, referenceCount: feature.referenceCount, currentCount: feature.currentCount,
      movement: feature.movement)
    let counts = feature.counts(bins: comparator.preferredBins)
    if counts.isHashed { score.note = "categories are hashed: the statistic is a lower bound" }
    let request = ComparisonRequest(
      id: plugin.id, parameters: plugin.parameters.map(\.standard), counts: ComparisonCounts(counts))
    switch try host.compare(request) {
    case .notApplicable(let reason):
      score.status = .notApplicable
      score.note = reason
    case .failed(let reason):
      score.status = .failed
      score.note = reason.description
    case .statistics(let values):
      score.statistic = values.first
      score.status = status(of: score)
    }
    return score
  }

  private func status(of score: DriftScore) -> DriftStatus {
    guard let threshold = score.threshold, let statistic = score.statistic else { return .pass }
    if min(score.referenceCount, score.currentCount) < plan.leastRecords { return .insufficient }
    return statistic > threshold ? .alarm : .pass
  }

  private static func plugin(_ name: String, _ host: ComparatorHost) throws(PluginError) -> PluginDescription
  {
    if let plugin = host.plugin(name) { return plugin }
    let known = host.plugins.filter { $0.kind == .comparator }.map(\.id).joined(separator: ", ")
    throw PluginError("\(name): no such comparator; loaded: \(known.isEmpty ? "none" : known)")
  }
}

extension ComparatorDescription {
  fileprivate func accepts(_ feature: ComparedFeature) -> Bool {
    if input != .counts { return false }
    if case .categories = feature.form { return acceptsCategories }
    return acceptsOrdered
  }
}

extension ComparisonCounts {
  fileprivate init(_ counts: ComparedCounts) {
    self.init(
      reference: counts.reference, current: counts.current, edges: counts.edges, centers: counts.centers,
      hasMissingBin: counts.hasMissingBin)
  }
}
