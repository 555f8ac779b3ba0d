/// The tests of one comparison, judged together: all features, slices and references share one rate of false alarms.
///
/// The rate is split between columns and pixel histograms, so that a hundred columns do not drown the few tests that see
/// what no column does. *Source*: measured on 29 shifts of photographs; `explain drift.family` has the numbers.
package struct DriftFamily: Sendable, Hashable {
  /// The chance of any warning without drift. Range: (0, 1).
  package var alpha: Double
  /// The part of `alpha` that goes to pixel histograms where there are both.
  package var pixelShare = 0.4
  /// Whether nothing is known of how records hang together, so that only outright breaks alarm.
  package var assumesIndependence: Bool
  /// Whether the set was ranked among windows. What windows do not keep, as slices are, cannot be: it warns where it
  /// breaks, and says nothing else.
  package var hasWindows: Bool
  /// Fewer records than this on a side cannot tell a small drift from chance.
  package static let leastRecords: Int64 = 30
  package var correction: Correction

  /// How p-values of many tests are corrected.
  package enum Correction: String, Sendable, Hashable, Codable, CaseIterable {
    /// Holds the rate for tests that are independent or rise and fall together.
    case benjaminiHochberg = "benjamini-hochberg"
    /// Holds it whatever the tests have to do with each other, and sees less.
    case benjaminiYekutieli = "benjamini-yekutieli"
  }

  package init(
    alpha: Double = 0.05, assumesIndependence: Bool = true, hasWindows: Bool = false,
    correction: Correction = .benjaminiHochberg
  ) {
    self.alpha = alpha
    self.assumesIndependence = assumesIndependence
    self.hasWindows = hasWindows
    self.correction = correction
  }

  /// The level at which adjusted p-values of each kind are significant. Ranks among windows have all of `alpha`.
  package func levels(of scores: [DriftScore]) -> (columns: Double, pixels: Double) {
    let calibrated = scores.filter(\.isCorrected)
    let hasPixels = calibrated.contains(where: \.isOfPixels)
    let hasColumns = calibrated.contains { !$0.isOfPixels }
    guard hasPixels, hasColumns else { return (alpha, alpha) }
    return (alpha * (1 - pixelShare), alpha * pixelShare)
  }

  /// Corrects the p-values for the family and gives every score its status.
  package func judge(_ scores: inout [DriftScore]) {
    let levels = levels(of: scores)
    adjust(&scores, pixels: false)
    adjust(&scores, pixels: true)
    for index in scores.indices where scores[index].chance != nil {
      let score = scores[index]
      let level = score.isOfPixels ? levels.pixels : levels.columns
      scores[index].status = score.isCorrected ? status(of: score, level: level) : ranked(score)
    }
  }

  /// Scores of one kind whose p-values are corrected for being many, by index.
  package static func members(_ scores: [DriftScore], pixels: Bool) -> [Int] {
    scores.indices.filter { scores[$0].isCorrected && scores[$0].isOfPixels == pixels }
  }

  /// The status of a score that was ranked among windows, which know how records hang together: what exceeds them is no
  /// accident of a session, and an effect within them is usual, however large.
  private func ranked(_ score: DriftScore) -> DriftStatus {
    guard let chance = score.chance else { return score.status }
    guard chance.adjusted <= alpha else { return unmoved(score) }
    return !score.isNew && score.measures.contains(where: \.isBeyondFloor) ? .alarm : .warn
  }

  private func adjust(_ scores: inout [DriftScore], pixels: Bool) {
    let members = Self.members(scores, pixels: pixels)
    let adjusted = FamilyCorrection.adjusted(members.map { scores[$0].chance?.p ?? 1 }, correction)
    for (index, p) in zip(members, adjusted) { scores[index].chance?.adjusted = p }
  }

  /// No pass where a drift that matters could have gone unseen.
  private func unmoved(_ score: DriftScore) -> DriftStatus {
    let isSmall = min(score.referenceCount, score.currentCount) < Self.leastRecords
    return isSmall || score.measures.contains(where: \.isBlind) ? .insufficient : .pass
  }

  private func status(of score: DriftScore, level: Double) -> DriftStatus {
    guard let chance = score.chance else { return score.status }
    guard chance.adjusted <= level else { return unmoved(score) }
    if hasWindows { return score.measures.contains(where: \.isBreak) ? .warn : .pass }
    if score.isNew { return .warn }
    let isAlarm = score.measures.contains { assumesIndependence ? $0.isBreak : $0.isBeyondFloor }
    return isAlarm ? .alarm : .warn
  }
}

extension DriftScore {
  /// Whether chance was held against it alone, so that being one of many has to be made up for.
  fileprivate var isCorrected: Bool { chance.map { !$0.method.isRank } ?? false }
}
