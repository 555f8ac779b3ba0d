import AssayCore

extension Comparison {
  /// Since when the current set moved, told by its windows; nil where nothing moved, or it has not two of them. It informs
  /// and decides nothing: `drift: {alarm_on: ...}` judges windows one by one.
  func onset(_ scores: [DriftScore], _ reference: Profile, _ current: Profile) throws -> DriftOnset? {
    let times = current.parts.timeFeatures
    let moved = DriftOnset.features(scores.filter { !times.contains($0.feature) })
    let windows = moved.isEmpty ? [] : current.windows
    guard windows.count > 1 else { return nil }
    return DriftOnset(
      try windows.map { window in
        (window.start, DriftOnset.State(try judged(reference, window.profile, only: moved).scores))
      })
  }
}
