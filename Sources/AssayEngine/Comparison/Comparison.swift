import AssayChannel
package import AssayCore
package import AssayPlugins

/// Compares a current profile with a reference, feature by feature, and judges all of it as one family of tests.
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
    var (scores, views, family) = try judged(reference, current)
    if !plan.strata.isEmpty {
      try StrataSplitting(host, strata: plan.strata, reference, current).split(
        &scores, features: views.map(\.feature), tests: views.map(\.tests.first),
        level: family.levels(of: scores).columns, plan.correction)
    }
    scores += unknown(Set(scores.map(\.feature)).union(current.timeFeatures), reference, current)
    for index in scores.indices { scores[index].role = plan.roles[scores[index].feature] }
    return scores
  }

  /// The scores of all features, or of those alone, as one family.
  func judged(_ reference: Profile, _ current: Profile, only features: Set<String>? = nil) throws
    -> (scores: [DriftScore], views: [FeatureCalibration], family: DriftFamily)
  {
    let windows = windows(reference, current).flatMap { $0.suffice ? $0 : nil }
    var views = try self.views(reference, current)
      .filter { features?.contains($0.feature.name) ?? true }
      .map { try calibration($0, reference, current, $0.slice == nil ? windows : nil) }
    try settle(&views)
    rank(&views, windows?.deals == nil ? .conformal : .groups)
    var scores = views.map(\.score)
    let family = family(hasWindows: windows != nil)
    family.judge(&scores, accepted: plan.accepted, today: plan.today)
    return (scores, views, family)
  }

  /// The groups or windows of a reference, and whether they are enough for the plan's rate of false alarms.
  func windows(_ reference: Profile, _ current: Profile) -> ReferenceWindows? {
    ReferenceWindows(reference, current, alpha: plan.rate.familyAlpha)
  }

  /// How the tests of two profiles share their rate of false alarms.
  private func family(hasWindows: Bool) -> DriftFamily {
    DriftFamily(
      alpha: plan.rate.familyAlpha, assumesIndependence: true, hasWindows: hasWindows,
      correction: plan.correction
    )
  }

  // MARK: What is compared

  /// A feature of the whole set or of a slice.
  private struct View {
    var feature: ComparedFeature
    var slice: String?
  }

  private func views(_ reference: Profile, _ current: Profile) -> [View] {
    let unlooked = plan.unlooked(reference, current)
    return Self.allViews(reference, current).filter {
      $0.feature.aspect == .presence || unlooked[$0.feature.name] == nil
    }
  }

  private static func allViews(_ reference: Profile, _ current: Profile) -> [View] {
    let whole = ComparedFeature.all(reference, current).map { View(feature: $0) }
    // Slices that a window does not know have not gone, and when its records are from is what it was made by.
    if current.isWindow { return whole.filter { !current.timeFeatures.contains($0.feature.name) } }
    let names = Set(reference.slices.sorted.map(\.name)).union(current.slices.sorted.map(\.name)).sorted()
    return whole + names.flatMap { slice($0, reference, current) }
  }

  private static func slice(_ name: String, _ reference: Profile, _ current: Profile) -> [View] {
    let (left, right) = (reference.slices[name], current.slices[name])
    let share = ComparedFeature.share(ofSlice: left, right, reference.recordCount, current.recordCount)
    guard let left, let right else { return [View(feature: share, slice: name)] }
    return ([share] + ComparedFeature.all(left, right)).map { View(feature: $0, slice: name) }
  }

  /// What the schema chose for the feature, else the defaults. A comparator of presence alone replaces the default for
  /// presence, any other those for values; of which kinds the values are is always looked at.
  private func tests(of feature: ComparedFeature) throws(PluginError) -> [PlannedTest] {
    var chosen: [PlannedTest] = []
    if feature.aspect != .kinds {
      for test in plan.overrides[feature.name] ?? [] {
        chosen.append(try PlannedTest(withBreakFloor(test, of: feature), host))
      }
      chosen = chosen.filter { $0.comparator.comparesPresenceOnly == (feature.aspect == .presence) }
    }
    if !chosen.isEmpty { return chosen }
    for test in plan.standardTests(of: feature) { chosen.append(try PlannedTest(test, host)) }
    return chosen
  }

  /// What a break of the feature is does not change with the effect that the schema says matters. Of another statistic than
  /// the default ones it is not known, and so nothing is.
  private func withBreakFloor(_ test: ComparisonPlan.Test, of feature: ComparedFeature) -> ComparisonPlan.Test
  {
    let id = host.plugin(test.comparator)?.id
    var test = test
    test.breakFloor =
      test.breakFloor
      ?? plan.standardTests(of: feature).first { host.plugin($0.comparator)?.id == id }?.breakFloor
    return test
  }

  /// Features that the schema wants compared and neither side has: not judged, which is no pass.
  private func unknown(_ known: Set<String>, _ reference: Profile, _ current: Profile) -> [DriftScore] {
    plan.overrides.keys.sorted().filter { !known.contains($0) }.map { name in
      DriftScore(
        feature: name, status: .failed, referenceCount: reference.recordCount,
        currentCount: current.recordCount, movement: "not judged",
        note: "the schema wants it compared, and neither side has it")
    }
  }

  // MARK: How it is calibrated

  private func calibration(
    _ view: View, _ reference: Profile, _ current: Profile, _ windows: ReferenceWindows?
  ) throws -> FeatureCalibration {
    let score = DriftScore(view.feature, slice: view.slice)
    var isComparable = true
    if case .incomparable = view.feature.form { isComparable = false }
    return try FeatureCalibration(
      view.feature, isComparable ? tests(of: view.feature) : [], score, host,
      ResampleGenerator(reference.fingerprint, current.fingerprint, question: score.question),
      windows: windows)
  }

  /// Ranks the current set among the windows, by all features together.
  private func rank(_ views: inout [FeatureCalibration], _ method: DriftChance.Method) {
    let members = views.indices.filter { views[$0].ranked != nil }
    let rank = WindowRank(members.compactMap { views[$0].ranked })
    let detectable = rank.detectable(at: plan.rate.familyAlpha)
    for (place, index) in members.enumerated() {
      views[index].record(
        p: rank.p[place], adjusted: rank.adjusted[place], detectable: detectable[place], method)
    }
  }

  /// Draws more where the family asks for smaller p-values than a thousand draws can show, and says what could be seen.
  private func settle(_ views: inout [FeatureCalibration]) throws {
    let scores = views.map(\.score)
    let levels = DriftFamily(alpha: plan.rate.familyAlpha).levels(of: scores)
    for (isOfPixels, level) in [(false, levels.columns), (true, levels.pixels)] {
      let members = DriftFamily.members(scores, pixels: isOfPixels)
      let open = members.filter { views[$0].isAtTheFloor }
      // Of m tests, k are significant together once each has p <= level k / m.
      let draws = Double(members.count) / (level * Double(max(1, open.count)))
      for index in open { try views[index].refine(to: Int(draws.rounded(.up))) }
      for index in members { views[index].noteDetectable(at: level / Double(members.count)) }
    }
  }
}

extension DriftScore {
  /// What is known of a feature before a comparator is asked.
  fileprivate init(_ feature: ComparedFeature, slice: String?) {
    self.init(
      feature: feature.name, slice: slice, aspect: feature.aspect, status: .notApplicable,
      referenceCount: feature.referenceCount, currentCount: feature.currentCount, movement: feature.movement,
      note: feature.note)
    isNew = feature.isNew
    isOfPixels = feature.isOfPixels
    if case .ordered = feature.form { isOrdered = true }
    if let images = feature.images {
      let counts = (Int64(images.reference.count), Int64(images.current.count))
      if counts != (referenceCount, currentCount) {
        add(note: "calibrated on \(counts.0) and \(counts.1) sampled images")
      }
    }
  }
}

extension ComparatorDescription {
  fileprivate var comparesPresenceOnly: Bool { acceptsPresence && !acceptsOrdered && !acceptsCategories }
}
