extension ComparatorDescription {
  /// What is wrong with an answer; nil if it keeps the contract. A NaN is never a success, whatever the plugin thinks.
  ///
  /// Asked in the plugin's process, for a good message, and again in the coordinator: a plugin shares its process with
  /// the first answer.
  package func fault(of statistics: [Double]) -> String? {
    if statistics.contains(where: \.isNaN) { return "answered NaN" }
    let (low, high) = (minimum - Self.rounding(minimum), maximum + Self.rounding(maximum))
    guard let stray = statistics.first(where: { $0 < low || $0 > high }) else { return nil }
    return "answered \(stray), outside its range \(minimum)...\(maximum)"
  }

  /// What sums of rounded terms may miss a bound by.
  private static func rounding(_ bound: Double) -> Double {
    bound.isFinite ? 1e-9 * max(1, bound.magnitude) : 0
  }
}
