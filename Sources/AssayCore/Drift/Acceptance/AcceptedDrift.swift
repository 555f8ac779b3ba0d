/// A drift that somebody looked at and takes for what it is: up to an effect, and until a day.
package struct AcceptedDrift: Sendable, Hashable, Codable {
  /// The schema's reference that it is a drift from; nil for whatever is compared with.
  package var reference: String?
  /// The full name of the feature.
  package var feature: String
  /// The slice, or nil for the whole set.
  package var slice: String?
  package var aspect: ComparedFeature.Aspect
  /// Whose statistic the effect is, with its revision: `org.assay.ks/1`.
  package var comparator: String
  /// The statistics that are accepted.
  package var effect: Bounds
  /// The last day, `YYYY-MM-DD`, on which it holds.
  package var until: String
  package var because: String

  package init(
    reference: String? = nil, feature: String, slice: String? = nil,
    aspect: ComparedFeature.Aspect = .values, comparator: String, effect: Bounds, until: String,
    because: String
  ) {
    self.reference = reference
    self.feature = feature
    self.slice = slice
    self.aspect = aspect
    self.comparator = comparator
    self.effect = effect
    self.until = until
    self.because = because
  }

  /// Whether it speaks of what the score is of.
  package func isOf(_ score: DriftScore) -> Bool {
    feature == score.feature && slice == score.slice && aspect == score.aspect
  }

  /// Whether it still holds on that day; always where no day is known.
  package func holds(on today: String?) -> Bool { today.map { $0 <= until } ?? true }

  /// What it makes of a score that moved.
  func acceptance(of score: DriftScore, today: String?) -> DriftAcceptance {
    guard holds(on: today) else { return DriftAcceptance(state: .expired, accepted: self) }
    guard let statistic = score.measures.first(where: { $0.comparator == comparator })?.statistic else {
      return DriftAcceptance(state: .unmeasured, accepted: self)
    }
    // As reports print it: an effect that ends where the statistic does is not passed by rounding.
    let isWithin = effect.contains(SignificantDigits.rounded(statistic, to: 9))
    return DriftAcceptance(
      state: isWithin ? .accepted : .beyond, accepted: self, statistic: statistic)
  }
}

/// What an accepted drift made of a score that would have alarmed or warned.
package struct DriftAcceptance: Sendable, Hashable {
  /// Why the score passes, or why it does not.
  package enum State: String, Sendable, Hashable, CaseIterable {
    /// It is within what was accepted, and passes.
    case accepted
    /// Its effect is not the one that was accepted.
    case beyond
    /// The last day is over.
    case expired
    /// The comparator whose statistic was accepted did not answer.
    case unmeasured = "not-measured"
  }

  package var state: State
  package var accepted: AcceptedDrift
  /// What the comparator says now; nil where it was not asked, or did not answer.
  package var statistic: Double?

  package init(state: State, accepted: AcceptedDrift, statistic: Double? = nil) {
    self.state = state
    self.accepted = accepted
    self.statistic = statistic
  }

  /// In words, for the score's note.
  package var text: String {
    let (until, because) = (accepted.until, accepted.because)
    switch state {
    case .accepted: return "accepted until \(until): \(because)"
    case .beyond:
      let now = statistic.map(DisplayNumber.text) ?? "nothing"
      return "accepted with \(accepted.comparator) \(accepted.effect), found \(now): \(because)"
    case .expired: return "was accepted until \(until): \(because)"
    case .unmeasured: return "accepted by \(accepted.comparator), which was not asked: \(because)"
    }
  }
}
