import AssayPluginKit

/// A comparator in twenty lines: the Hellinger distance.
struct Hellinger: Comparator {
  static let id = "com.example.hellinger/1"
  static let title = "Hellinger distance"
  static let summary = "sqrt(1 - sum sqrt(pq)): 0 when the distributions agree, 1 when they share no bin."
  static let accepts: AcceptedFeatures = [.ordered, .categories]
  static let range = 0.0...1.0
  static let threshold: Double? = 0.1
  static let source = "Hellinger 1909, doi:10.1515/crll.1909.136.210"

  static func statistic(_ sides: Sides, _ parameters: [Double]) -> Double {
    let affinity = zip(sides.referenceShares, sides.currentShares).reduce(0) {
      $0 + ($1.0 * $1.1).squareRoot()
    }
    return max(0, 1 - affinity).squareRoot()
  }
}
