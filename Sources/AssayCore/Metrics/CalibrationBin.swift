/// The predictions of one tenth of the range of confidence: how many, how many right, and the sum of their confidences,
/// exact to 2^-52 each, so that no order of adding changes it.
package struct CalibrationBin: Sendable, Hashable {
  package private(set) var counted = 0
  package private(set) var hits = 0
  private var confidences: UInt128 = 0

  static let count = 10
  private static let unit = 0x1p52

  /// The bin of a confidence in [0, 1]; the last one has both its ends.
  static func index(of confidence: Double) -> Int { min(Int(confidence * Double(count)), count - 1) }

  mutating func add(_ confidence: Double, isHit: Bool) {
    counted += 1
    if isHit { hits += 1 }
    confidences += UInt128((confidence * Self.unit).rounded())
  }

  mutating func merge(_ other: CalibrationBin) {
    counted += other.counted
    hits += other.hits
    confidences += other.confidences
  }

  /// The sum of the confidences.
  private var confidence: Double { Double(confidences) / Self.unit }

  /// How far the number of right predictions is from what their confidences promise.
  var error: Double { (Double(hits) - confidence).magnitude }

  /// How far it would be by chance alone if the confidences were right: the mean of a folded normal.
  var chanceError: Double {
    guard counted > 0 else { return 0 }
    let mean = confidence / Double(counted)
    return (2 / Double.pi * Double(counted) * mean * max(0, 1 - mean)).squareRoot()
  }
}

extension MetricTally {
  /// The expected calibration error: the bins' errors over all records. Range: [0, 1].
  package var calibrationError: Double { bins.reduce(0) { $0 + $1.error } / Double(max(counted, 1)) }

  /// What the calibration error of a perfectly calibrated model would be about, of as many records.
  package var chanceCalibrationError: Double {
    bins.reduce(0) { $0 + $1.chanceError } / Double(max(counted, 1))
  }
}
