/// The rank of a current set among windows of the reference: whether it differs from the reference more than the
/// reference's own windows (or groups) differ from the rest of it.
///
/// Records of one session, camera or day are alike, so a set of a few sessions never looks like a draw of single records,
/// and every test that says so alarms. A window hangs together as the current set does: where the current set is one more
/// window, all G + 1 are exchangeable, and the chance that it ranks first is 1 / (G + 1), whatever the statistic and however
/// features depend on each other.
///
/// All features together are one test: a set's largest excess over all features is ranked among the same of the windows.
/// *Source*: Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World" (the rank); Westfall and Young 1993,
/// "Resampling-Based Multiple Testing" (the largest of all features).
package struct WindowRank: Sendable, Hashable {
  /// One feature's statistic in every set.
  package struct Feature: Sendable, Hashable {
    package var current: Double
    /// Nil where a window has nothing of the feature.
    package var windows: [Double?]
    package var largerIsDrift: Bool
    /// The effect that matters; 0 where none is known.
    package var floor: Double

    package init(current: Double, windows: [Double?], largerIsDrift: Bool = true, floor: Double = 0) {
      self.current = current
      self.windows = windows
      self.largerIsDrift = largerIsDrift
      self.floor = floor
    }
  }

  /// The chance of a rank as high as each feature's own. Range: (0, 1].
  package let p: [Double]
  /// The chance of any feature of the current set ranking as high as this one does. Range: (0, 1].
  package let adjusted: [Double]

  /// Features of the same windows, in the same order.
  package init(_ features: [Feature]) {
    let excesses = features.map(Self.excesses)
    let windowCount = features.first?.windows.count ?? 0
    let largest = (0..<windowCount).map { window in excesses.map { $0[window + 1] }.max() ?? 0 }
    p = excesses.map { Self.rank($0[0], among: $0.dropFirst()) }
    adjusted = excesses.map { Self.rank($0[0], among: largest[...]) }
  }

  private static func rank(_ value: Double, among windows: ArraySlice<Double>) -> Double {
    let slack = 1e-9 * value.magnitude
    return Double(1 + windows.count { $0 >= value - slack }) / Double(windows.count + 1)
  }

  /// How far each set lies from what is usual, the current one first, in units that features share: how far one window in
  /// ten lies, and the effect that matters besides.
  ///
  /// Both belong in the unit. Windows of photographs differ by up to 0.9 in brightness and by 0.1 in what their encoder left:
  /// by the largest statistic alone, or by its distance in spreads alone, none of 15 sets that had been encoded anew ranked
  /// high enough, and 12 to 14 did in this unit; without a change, none.
  private static func excesses(_ feature: Feature) -> [Double] {
    let sign: Double = feature.largerIsDrift ? 1 : -1
    let sets = [feature.current] + feature.windows
    let known = sets.compactMap(\.self).map { sign * $0 }.sorted()
    let usual = quantile(known, 0.5)
    let unit = quantile(known, 0.9) - usual + feature.floor.magnitude
    return sets.map { set in
      guard let set, sign * set > usual else { return 0 }
      let excess = (sign * set - usual) / unit
      // Finite, so that slack can be taken from it; what is beyond all units ranks first.
      return excess.isFinite ? excess : .greatestFiniteMagnitude
    }
  }

  private static func quantile(_ sorted: [Double], _ q: Double) -> Double {
    sorted.isEmpty ? 0 : sorted[Int(q * Double(sorted.count - 1))]
  }
}
