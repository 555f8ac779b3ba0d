import AssayChannel
package import AssayCore
package import AssayPlugins

/// Compares a current profile with a reference, feature by feature.
package struct Comparison {
  private let host: ComparatorHost
  /// What is in force around the plugins, in words; nil where none was loaded.
  var isolation: String? {
    host.inForce.map { $0.isProcess ? $0.text(files: "no files but the system's libraries") : "no isolation" }
  }
  /// What is asked of each feature.
  let plan: ComparisonPlan

  /// Throws when the plan names a comparator that the registry does not hold, or a parameter that it does not have.
  package init(host: ComparatorHost, plan: ComparisonPlan = ComparisonPlan()) throws(PluginError) {
    self.host = host
    self.plan = plan
    for (feature, tests) in plan.overrides.sorted(by: { $0.key < $1.key }) {
      for test in tests {
        do throws(PluginError) { _ = try PlannedTest(test, host) } catch {
          throw PluginError("drift.features.\(feature): \(error)")
        }
      }
    }
  }

  /// All scores: the whole set, then every slice that one of the profiles has. What only one side has is a score too.
  package func scores(reference: Profile, current: Profile) throws -> [DriftScore] {
    guard plan.isOn else { return [] }
    let features = ComparedFeature.all(reference.whole, current.whole)
    var scores = try features.flatMap { try self.scores($0, slice: nil) }
    scores += unknown(Set(features.map(\.name)), reference, current)
    let names = Set(reference.slices.sorted.map(\.name)).union(current.slices.sorted.map(\.name)).sorted()
    for name in names {
      let (left, right) = (reference.slices[name], current.slices[name])
      let share = ComparedFeature.share(
        ofSlice: left, right, reference.recordCount, current.recordCount)
      scores += try self.scores(share, slice: name)
      guard let left, let right else { continue }
      scores += try ComparedFeature.all(left, right).flatMap { try self.scores($0, slice: name) }
    }
    return scores
  }

  /// Features that the schema wants compared and neither side has: not judged, which is no pass.
  private func unknown(_ known: Set<String>, _ reference: Profile, _ current: Profile) -> [DriftScore] {
    plan.overrides.keys.sorted().filter { !known.contains($0) }.map { name in
      DriftScore(
        feature: name, comparator: plan.overrides[name]?.first?.comparator ?? "", status: .failed,
        referenceCount: reference.recordCount, currentCount: current.recordCount, movement: "not judged",
        note: "the schema wants it compared, and neither side has it")
    }
  }

  private func scores(_ feature: ComparedFeature, slice: String?) throws -> [DriftScore] {
    if case .incomparable = feature.form { return [score(feature, slice, status: .notApplicable)] }
    return try tests(of: feature).map { try score(feature, $0, slice) }
  }

  /// What the schema chose for the feature, else the defaults. A comparator of presence alone replaces the default for
  /// presence, any other those for values; of which kinds the values are is always looked at.
  private func tests(of feature: ComparedFeature) throws(PluginError) -> [PlannedTest] {
    var chosen: [PlannedTest] = []
    if feature.aspect != .kinds {
      for test in plan.overrides[feature.name] ?? [] { chosen.append(try PlannedTest(test, host)) }
      chosen = chosen.filter { $0.comparator.comparesPresenceOnly == (feature.aspect == .presence) }
    }
    if !chosen.isEmpty { return chosen }
    for test in plan.standardTests(of: feature) { chosen.append(try PlannedTest(test, host)) }
    return chosen
  }

  /// What is known of a feature before a comparator is asked.
  private func score(_ feature: ComparedFeature, _ slice: String?, status: DriftStatus) -> DriftScore {
    DriftScore(
      feature: feature.name, slice: slice, aspect: feature.aspect, comparator: "", status: status,
      referenceCount: feature.referenceCount, currentCount: feature.currentCount, movement: feature.movement,
      note: feature.note)
  }

  private func score(_ feature: ComparedFeature, _ test: PlannedTest, _ slice: String?) throws -> DriftScore {
    var score = score(feature, slice, status: .notApplicable)
    score.comparator = test.plugin.id
    score.unit = test.comparator.unit
    score.threshold = test.threshold
    score.largerIsDrift = test.comparator.largerIsDrift
    if let refusal = test.refusal(of: feature) {
      // Only the schema can ask for the impossible; not judged is no pass.
      score.status = .failed
      score.add(note: refusal)
      return score
    }
    guard let counts = feature.counts(bins: test.comparator.preferredBins) else { return score }
    if counts.isHashed { score.add(note: "categories are hashed: the statistic is a lower bound") }
    let request = ComparisonRequest(
      id: test.plugin.id, parameters: test.parameters, counts: ComparisonCounts(counts))
    switch try host.compare(request) {
    case .notApplicable(let reason): score.add(note: reason)
    case .failed(let failure):
      score.status = .failed
      score.add(note: failure.description)
    case .statistics(let values):
      score.statistic = values.first
      score.status = status(of: score, feature)
    }
    return score
  }

  private func status(of score: DriftScore, _ feature: ComparedFeature) -> DriftStatus {
    guard score.threshold != nil else { return .pass }
    if min(score.referenceCount, score.currentCount) < plan.leastRecords { return .insufficient }
    if !score.isBeyond { return .pass }
    return feature.isNew ? .warn : .alarm
  }
}

extension DriftScore {
  fileprivate mutating func add(note more: String) { note = note.map { "\($0); \(more)" } ?? more }
}

extension ComparatorDescription {
  fileprivate var comparesPresenceOnly: Bool { acceptsPresence && !acceptsOrdered && !acceptsCategories }
}

extension ComparisonCounts {
  fileprivate init(_ counts: ComparedCounts) {
    self.init(
      reference: counts.reference, current: counts.current, edges: counts.edges, centers: counts.centers,
      hasMissingBin: counts.hasMissingBin)
  }
}
