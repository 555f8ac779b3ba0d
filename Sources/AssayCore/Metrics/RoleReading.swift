/// What the fields with a role say of one record.
struct RoleReading {
  /// Whether the prediction equals the label; nil where one of them is not there.
  let isCorrect: Bool?
  let hasPrediction: Bool
  let confidence: Double?
  let isReviewed: Bool
  let isCorrected: Bool?

  init(_ observation: Observation, roles: [Role: String]) {
    func value(_ role: Role) -> Value {
      guard let name = roles[role] else { return .missing }
      return observation.fields.first { $0.name == name }?.value ?? .missing
    }
    let (label, prediction, corrected) = (value(.label), value(.prediction), value(.corrected))
    hasPrediction = !prediction.isMissing
    isCorrect =
      label.isMissing || prediction.isMissing ? nil : label.canonicalText == prediction.canonicalText
    confidence = value(.confidence).number
    isReviewed = !corrected.isMissing
    if case .boolean(let flag) = corrected { isCorrected = flag } else { isCorrected = nil }
  }

  /// What the record says to a metric.
  func answer(to metric: Metric) -> MetricAnswer {
    switch metric {
    case .accuracy: return correctness
    case .confident(let above): return confidence.map { $0 >= above ? .hit : .miss } ?? .absent
    case .correctionRate:
      return isReviewed ? isCorrected.map { $0 ? .hit : .miss } ?? .absent : .pending
    // Groups of records are no matter of one record.
    case .stability: return .absent
    case .calibration:
      guard let confidence, (0...1).contains(confidence) else { return .absent }
      return correctness
    }
  }

  private var correctness: MetricAnswer {
    guard hasPrediction else { return .absent }
    return isCorrect.map { $0 ? .hit : .miss } ?? .pending
  }
}

/// What one record says to one metric.
enum MetricAnswer {
  case hit, miss
  /// Its label or review is still to come.
  case pending
  /// It has no usable prediction or confidence.
  case absent
}
