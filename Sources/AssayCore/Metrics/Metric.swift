/// What `metrics` measures of a model, from the fields that have a role.
package enum Metric: Sendable, Hashable, Codable {
  /// The share of labelled predictions that equal their label.
  case accuracy
  /// The share of confidences that are at least so high.
  case confident(above: Double)
  /// The share of reviewed predictions that somebody corrected.
  case correctionRate
  /// How far confidence and accuracy are apart: the expected calibration error over ten bins of confidence.
  case calibration
  /// The share of groups of records with one value of that field, one image slightly changed, whose predictions are all equal.
  case stability(pairs: String)
}

extension Metric {
  /// Its key in a schema.
  package var name: String {
    switch self {
    case .accuracy: "accuracy"
    case .confident: "confident"
    case .correctionRate: "correction_rate"
    case .calibration: "calibration"
    case .stability: "stability"
    }
  }

  /// The field whose values make groups of records, where groups are counted.
  package var pairs: String? { if case .stability(let field) = self { field } else { nil } }

  /// The roles it is measured from.
  package var roles: [Role] {
    switch self {
    case .accuracy: [.label, .prediction]
    case .confident: [.confidence]
    case .correctionRate: [.corrected]
    case .calibration: [.label, .prediction, .confidence]
    case .stability: [.prediction]
    }
  }
}

/// A bound on a metric.
package struct MetricCheck: Sendable, Hashable, Codable {
  /// What of the set the bound is on.
  package enum Scope: String, Sendable, Hashable, Codable {
    case whole
    /// Each slice by itself.
    case slices
    /// The largest difference between two slices.
    case gap
  }

  package var metric: Metric
  package var scope: Scope
  package var min: Proportion?
  package var max: Proportion?
  /// Slices with fewer records are not judged; nil leaves it to what the slice and the bound need.
  package var minRecords: Int?

  package init(
    _ metric: Metric, scope: Scope = .whole, min: Proportion? = nil, max: Proportion? = nil,
    minRecords: Int? = nil
  ) {
    self.metric = metric
    self.scope = scope
    self.min = min
    self.max = max
    self.minRecords = minRecords
  }
}

extension MetricCheck {
  /// Whether it has to be counted by slice.
  package var needsSlices: Bool { scope != .whole }

  /// What the bound expects, in words.
  package var expectation: String {
    let subject =
      if case .confident(let above) = metric { "confidence of \(plainNumber(above)) or more" } else {
        metric.name
      }
    switch scope {
    case .whole: return "\(subject): \(boundText)"
    case .slices: return "\(subject) in every slice: \(boundText)"
    case .gap: return "\(subject): \(boundText) between slices"
    }
  }

  /// Its bounds in words.
  var boundText: String {
    [min.map { "at least \($0)" }, max.map { "at most \($0)" }].compactMap(\.self).joined(separator: " and ")
  }
}

extension MetricCheck {
  /// The code of its result.
  var code: FindingCode {
    if scope == .gap { return .metricGap }
    return switch metric {
    case .accuracy: .metricAccuracy
    case .confident: .metricConfident
    case .correctionRate: .metricCorrectionRate
    case .calibration: .metricCalibration
    case .stability: .metricStability
    }
  }
}
