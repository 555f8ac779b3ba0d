/// One metric of the whole set or of one slice, as it was judged.
package struct MetricFigure: Sendable, Hashable {
  /// What the bound says of it.
  package enum State: String, Sendable, Hashable {
    case holds, violated
    /// So few records that they could not show that the bound holds, nor do they show that it does not.
    case tooFew = "too_few"
  }

  package var metric: Metric
  /// Nil for the whole set.
  package var slice: String?
  package var tally: MetricTally
  package var state: State

  /// The share, or the calibration error; nil where no record counts.
  package var value: Double? {
    guard tally.counted > 0 else { return nil }
    return metric == .calibration
      ? tally.calibrationError : Double(tally.hits) / Double(tally.counted)
  }

  /// Where the true share lies; nil for calibration, which is no share, and where no record counts.
  package var interval: WilsonInterval? {
    metric == .calibration || tally.counted == 0 ? nil : WilsonInterval(hits: tally.hits, of: tally.counted)
  }

  /// Where the figure could as well lie by chance: its interval, or for calibration two errors of chance to either side.
  var reach: ClosedRange<Double>? {
    if let interval { return interval.low...interval.high }
    guard let value else { return nil }
    let chance = 2 * tally.chanceCalibrationError
    return max(0, value - chance)...min(1, value + chance)
  }
}

extension MetricFigure {
  /// What was found, in words: `932 of 1000 (93.2%), 91.47% to 94.61%, 200 pending`.
  package var text: String {
    var parts = [measured]
    if let interval { parts.append("\(Self.percent(interval.low)) to \(Self.percent(interval.high))") }
    if tally.pending > 0 { parts.append("\(tally.pending) pending") }
    if tally.absent > 0 { parts.append("\(tally.absent) without \(metric.subject)") }
    return parts.joined(separator: ", ")
  }

  private var measured: String {
    guard let value else { return "0 records" }
    if metric == .calibration {
      return
        "\(Self.percent(value)) over \(tally.counted), \(Self.percent(tally.chanceCalibrationError)) by chance"
    }
    return "\(tally.hits) of \(tally.counted) (\(Self.percent(value)))"
  }

  /// A share in percent, with at most two digits behind the point.
  package static func percent(_ share: Double) -> String {
    let hundredths = Int64((share * 10_000).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)%" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)%" : "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
  }
}

extension Metric {
  /// What a record has to have to count.
  fileprivate var subject: String {
    switch self {
    case .accuracy: "a prediction"
    case .confident: "a confidence"
    case .correctionRate: "a usable review"
    case .stability: "a prediction and a pair"
    case .calibration: "a prediction and a confidence from 0 to 1"
    }
  }
}
