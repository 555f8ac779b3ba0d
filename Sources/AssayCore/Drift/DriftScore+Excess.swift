extension DriftScore {
  /// How often the floor goes into the statistic, of the measure that is furthest beyond; 0 within all floors.
  package var excess: Double { measures.map(\.excess).max() ?? 0 }
}

extension DriftMeasure {
  fileprivate var excess: Double {
    guard isBeyondFloor, let statistic, let floor else { return 0 }
    // A floor of zero would put every excess above all others.
    let (larger, smaller) = largerIsDrift ? (statistic, floor) : (floor, statistic)
    return larger / max(smaller, 1e-3)
  }
}
