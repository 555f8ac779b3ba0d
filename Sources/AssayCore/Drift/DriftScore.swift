/// What a comparison says of one feature.
package enum DriftStatus: String, Sendable, Hashable, CaseIterable {
  case pass
  /// Worth knowing, and no drift of what was learnt: a feature that the reference never had.
  case warn
  case alarm
  /// Too few records on a side to tell: never a pass.
  case insufficient
  /// There is nothing to compare (an empty side, no common ground); the note says why.
  case notApplicable = "not-applicable"
  /// The comparator broke; what it would have said is not known.
  case failed
}

/// The answer of one comparator on one feature, with everything a reader needs to weigh it.
package struct DriftScore: Sendable, Hashable {
  /// The full name: `image.luma_mean`, `field.label`.
  package var feature: String
  /// The slice, or nil for the whole set.
  package var slice: String?
  /// What of the feature was compared.
  package var aspect: ComparedFeature.Aspect
  /// The plugin's id: `org.assay.kl/1`; empty where no comparator could be asked.
  package var comparator: String
  /// The comparator's unit, empty for a pure number.
  package var unit: String
  /// The statistic; nil unless the comparator gave one.
  package var statistic: Double?
  /// Beyond this the feature has drifted; nil where the score only informs.
  package var threshold: Double?
  /// Whether beyond means above.
  package var largerIsDrift: Bool
  package var status: DriftStatus
  /// Records that have the feature, on both sides.
  package var referenceCount: Int64
  package var currentCount: Int64
  /// What moved and how, in the feature's own unit: `mean 118 -> 149`.
  package var movement: String
  /// Why there is no statistic, or what limits it.
  package var note: String?

  package init(
    feature: String, slice: String? = nil, aspect: ComparedFeature.Aspect = .values, comparator: String,
    unit: String = "", statistic: Double? = nil, threshold: Double? = nil, largerIsDrift: Bool = true,
    status: DriftStatus, referenceCount: Int64, currentCount: Int64, movement: String, note: String? = nil
  ) {
    self.feature = feature
    self.slice = slice
    self.aspect = aspect
    self.comparator = comparator
    self.unit = unit
    self.statistic = statistic
    self.threshold = threshold
    self.largerIsDrift = largerIsDrift
    self.status = status
    self.referenceCount = referenceCount
    self.currentCount = currentCount
    self.movement = movement
    self.note = note
  }
  /// Whether the statistic is beyond the threshold; false without either.
  package var isBeyond: Bool {
    guard let statistic, let threshold else { return false }
    return largerIsDrift ? statistic > threshold : statistic < threshold
  }
}
