import AssayCore
import AssayPlugins

extension FeatureCalibration {
  /// Takes the statistics of the reference's own windows, each against the reference without it, and of the current set:
  /// all of about as many records, so that no set looks unusual for being small.
  mutating func measureWindows(
    _ feature: ComparedFeature, _ windows: ReferenceWindows, _ generator: ResampleGenerator
  ) throws {
    guard let index = rankedTest else { return }
    let preferred = tests[index].comparator.preferredBins
    let bins = preferred == 0 ? ResampleBasis.mostBins : min(preferred, ResampleBasis.mostBins)
    guard let parted = feature.counts(of: windows.parts, bins: bins) else {
      return leaveUnranked("groups and windows do not keep it, so it is not ranked among them")
    }
    guard parted.whole.occupiedBins > 1 else { return standStill(feature) }
    if feature.isOfPixels, isSmaller(than: windows) {
      score.status = .notApplicable
      return score.add(
        note: "groups and windows have more images than the current set, so pixels are not ranked")
    }
    let thins = !feature.isOfPixels
    let sets =
      windows.deals.map { WindowSets(parted, $0, thins: thins, generator) }
      ?? WindowSets(parted, thins: thins, generator)
    guard let values = try statistics(tests[index].request(sets.counts, like: parted.whole)),
      let current = values.first
    else { return }
    let statistics = sets.windows(values)
    ranked = WindowRank.Feature(
      current: current, windows: statistics, largerIsDrift: tests[index].comparator.largerIsDrift,
      floor: tests[index].floor ?? 0)
    score.measures[index].falseAlarmRate = share(of: statistics, beyondFloorOf: index)
  }

  /// The test that is ranked: the first with an effect that matters, as its size does not grow with the records.
  private var rankedTest: Int? {
    let place = tests.firstIndex { $0.floor != nil } ?? 0
    return score.measures.indices.contains(place) && score.measures[place].statistic != nil ? place : nil
  }

  /// Pixels of some images cannot be taken out of a window's counts.
  private func isSmaller(than windows: ReferenceWindows) -> Bool {
    let images = windows.populations.map { $0.images["image"]?.pixels.imageCount ?? 0 }.sorted()
    let dealt = windows.deals.map { $0.parts.count - $0.referenceCount } ?? 1
    return images.isEmpty || score.currentCount < images[images.count / 2] &* Int64(dealt)
  }

  private func share(of windows: [Double?], beyondFloorOf index: Int) -> Double? {
    guard let floor = tests[index].floor else { return nil }
    let known = windows.compactMap(\.self)
    return NullSpread(known, largerIsDrift: tests[index].comparator.largerIsDrift).rate(beyond: floor)
  }

  /// Not judged, which is no pass.
  mutating func leaveUnranked(_ reason: String) {
    score.status = .insufficient
    score.add(note: reason)
  }

  /// Takes the rank that the family of all features gives it, and the effect that it had to be beyond.
  mutating func record(p: Double, adjusted: Double, detectable: Double, _ method: DriftChance.Method) {
    if let index = rankedTest { score.measures[index].detectable = detectable }
    score.chance = DriftChance(
      method: method, p: p, adjusted: adjusted, draws: ranked?.windows.count ?? 0)
  }
}
