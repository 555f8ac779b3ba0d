/// One metric over any number of records.
///
/// *Merge law*: counts and fixed-point sums add. Commutative and associative.
package struct MetricTally: Sendable, Hashable {
  /// Records that are hits or misses.
  package private(set) var counted = 0
  package private(set) var hits = 0
  /// Records whose label or review is still to come: neither right nor wrong.
  package private(set) var pending = 0
  /// Records without a usable prediction or confidence.
  package private(set) var absent = 0
  /// By confidence; empty for metrics that are no calibration.
  package private(set) var bins: [CalibrationBin] = []

  package init() {}

  /// What was counted elsewhere.
  package init(counted: Int, hits: Int, pending: Int, absent: Int) {
    (self.counted, self.hits, self.pending, self.absent) = (counted, hits, pending, absent)
  }

  mutating func observe(_ reading: RoleReading, _ metric: Metric) {
    switch reading.answer(to: metric) {
    case .hit: count(isHit: true, reading, metric)
    case .miss: count(isHit: false, reading, metric)
    case .pending: pending += 1
    case .absent: absent += 1
    }
  }

  private mutating func count(isHit: Bool, _ reading: RoleReading, _ metric: Metric) {
    counted += 1
    if isHit { hits += 1 }
    if metric == .calibration, let confidence = reading.confidence { bin(confidence, isHit: isHit) }
  }

  private mutating func bin(_ confidence: Double, isHit: Bool) {
    if bins.isEmpty { bins = [CalibrationBin](repeating: CalibrationBin(), count: CalibrationBin.count) }
    bins[CalibrationBin.index(of: confidence)].add(confidence, isHit: isHit)
  }

  /// Adds what another tally counted.
  package mutating func merge(_ other: MetricTally) {
    counted += other.counted
    hits += other.hits
    pending += other.pending
    absent += other.absent
    if bins.isEmpty {
      bins = other.bins
    } else {
      for (index, bin) in other.bins.enumerated() { bins[index].merge(bin) }
    }
  }
}
