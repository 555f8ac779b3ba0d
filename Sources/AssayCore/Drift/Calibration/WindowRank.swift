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
  /// The largest excess of every window over all features, descending.
  private let largest: [Double]
  private let scales: [Scale]

  /// Features of the same windows, in the same order.
  package init(_ features: [Feature]) {
    let scales = features.map(Scale.init)
    let excesses = zip(features, scales).map { feature, scale in
      ([feature.current] + feature.windows).map(scale.excess)
    }
    let windowCount = features.first?.windows.count ?? 0
    let largest = (0..<windowCount).map { window in excesses.map { $0[window + 1] }.max() ?? 0 }
    self.scales = scales
    self.largest = largest.sorted(by: >)
    p = excesses.map { Self.rank($0[0], among: $0.dropFirst()) }
    adjusted = excesses.map { Self.rank($0[0], among: largest[...]) }
  }

  private static func rank(_ value: Double, among windows: ArraySlice<Double>) -> Double {
    let slack = 1e-9 * value.magnitude
    return Double(1 + windows.count { $0 >= value - slack }) / Double(windows.count + 1)
  }

  /// What each feature's statistic had to be beyond to be told from the windows at `alpha`: with fewer windows than the
  /// first rank needs, nothing is enough.
  package func detectable(at alpha: Double) -> [Double] {
    // So many windows may rank as high, less the set itself.
    let rank = Int((alpha * Double(largest.count + 1) + 1e-9).rounded(.down)) - 1
    let excess = rank < 0 ? Double.infinity : rank < largest.count ? largest[rank] : 0
    return scales.map { $0.statistic(at: excess) }
  }

  /// How far a set lies from what is usual, in units that features share: how far one window in ten lies, and the effect that
  /// matters besides.
  ///
  /// Both belong in the unit. Windows of photographs differ by up to 0.9 in brightness and by 0.1 in what their encoder left:
  /// by the largest statistic alone, or by its distance in spreads alone, none of 15 sets that had been encoded anew ranked
  /// high enough, and 12 to 14 did in this unit; without a change, none.
  private struct Scale: Sendable, Hashable {
    /// 1 where drift makes the statistic larger, else -1.
    let sign: Double
    let usual: Double
    let unit: Double

    init(_ feature: Feature) {
      let sign: Double = feature.largerIsDrift ? 1 : -1
      let known = ([feature.current] + feature.windows).compactMap(\.self).map { sign * $0 }.sorted()
      self.sign = sign
      usual = Self.quantile(known, 0.5)
      unit = Self.quantile(known, 0.9) - usual + feature.floor.magnitude
    }

    /// Zero for what has no statistic, and for what is usual.
    func excess(_ statistic: Double?) -> Double {
      guard let statistic, sign * statistic > usual else { return 0 }
      let excess = (sign * statistic - usual) / unit
      // Finite, so that slack can be taken from it; what is beyond all units ranks first.
      return excess.isFinite ? excess : .greatestFiniteMagnitude
    }

    /// The statistic that lies so far out.
    func statistic(at excess: Double) -> Double {
      guard excess > 0 else { return sign * usual }
      let reach = usual + excess * unit
      return sign * (reach.isFinite ? reach : .infinity)
    }

    private static func quantile(_ sorted: [Double], _ q: Double) -> Double {
      sorted.isEmpty ? 0 : sorted[Int(q * Double(sorted.count - 1))]
    }
  }
}
