/// What a comparison says of one feature.
package enum DriftStatus: String, Sendable, Hashable, CaseIterable {
  case pass
  /// More than chance gives, and not known to matter: small, or news (a feature that the reference never had), or
  /// calibrated as if records were independent of each other.
  case warn
  /// More than chance gives, and larger than the effect that matters.
  case alarm
  /// Too few records on a side to tell: never a pass.
  case insufficient
  /// There is nothing to compare (an empty side, no common ground); the note says why.
  case notApplicable = "not-applicable"
  /// The comparator broke; what it would have said is not known.
  case failed
}

/// All that is said of one view of a feature, with everything a reader needs to weigh it.
package struct DriftScore: Sendable, Hashable {
  /// The full name: `image.luma_mean`, `field.label`.
  package var feature: String
  /// The slice, or nil for the whole set.
  package var slice: String?
  /// What the schema's `roles` make of the feature: `label`; nil where it has none.
  package var role: String?
  /// What of the feature was compared.
  package var aspect: ComparedFeature.Aspect
  package var status: DriftStatus
  /// Records that have the feature, on both sides.
  package var referenceCount: Int64
  package var currentCount: Int64
  /// What moved and how, in the feature's own unit: `mean 118 -> 149`.
  package var movement: String
  /// Why there is no statistic, or what limits it.
  package var note: String?
  /// What each comparator answered; the first is the one that chance is held against.
  package var measures: [DriftMeasure] = []
  /// How likely chance is to give the first measure; nil where it was not calibrated.
  package var chance: DriftChance?
  /// What the schema's accepted drifts made of it; nil where it did not move, or none speaks of it.
  package var acceptance: DriftAcceptance?
  /// The same told apart by strata, where the schema names some and the feature moved.
  package var splits: [DriftSplit] = []
  /// Whether the reference never had the feature: news, and no harm to what was learnt.
  package var isNew = false
  /// Whether its values are numbers in an order.
  package var isOrdered = false
  /// Whether counts are of pixels, which share a part of the family's false alarms of their own.
  package var isOfPixels = false

  package init(
    feature: String, slice: String? = nil, aspect: ComparedFeature.Aspect = .values, status: DriftStatus,
    referenceCount: Int64, currentCount: Int64, movement: String, note: String? = nil
  ) {
    self.feature = feature
    self.slice = slice
    self.aspect = aspect
    self.status = status
    self.referenceCount = referenceCount
    self.currentCount = currentCount
    self.movement = movement
    self.note = note
  }

  package mutating func add(note more: String) { note = note.map { "\($0); \(more)" } ?? more }

  /// How a person names what it is of: `image.noise`, `image.noise@night`.
  package var name: String { Self.name(feature, in: slice) }

  /// What stands behind its name in a report: ` (label)`; empty where it has no role.
  package var roleText: String { role.map { " (\($0))" } ?? "" }

  /// How a person names a feature in a slice.
  package static func name(_ feature: String, in slice: String?) -> String {
    slice.map { "\(feature)@\($0)" } ?? feature
  }

  /// The question in words, unlike any other of the comparison.
  package var question: String { "\(feature) \(aspect.rawValue) \(slice ?? "")" }
}

/// What one comparator answered.
package struct DriftMeasure: Sendable, Hashable {
  /// The plugin's id: `org.assay.kl/1`.
  package var comparator: String
  /// The comparator's unit, empty for a pure number.
  package var unit: String
  /// Nil unless the comparator gave one.
  package var statistic: Double?
  /// Whether drift makes the statistic larger.
  package var largerIsDrift: Bool
  /// The least and the greatest that the statistic can be, as its comparator declares; nil where it has no bound.
  package var range = Bounds()
  /// The effect that matters; nil where the measure only informs.
  package var floor: Double?
  /// An effect that is a break whatever the records have to do with each other; at least `floor`.
  package var breakFloor: Double?
  /// How often chance alone, with as many records, is beyond the floor. Range: [0, 1].
  package var falseAlarmRate: Double?
  /// The smallest effect that these records could have shown, by the spread of the draws.
  package var detectable: Double?

  package init(
    comparator: String, unit: String = "", statistic: Double? = nil, largerIsDrift: Bool = true,
    floor: Double? = nil, breakFloor: Double? = nil
  ) {
    self.comparator = comparator
    self.unit = unit
    self.statistic = statistic
    self.largerIsDrift = largerIsDrift
    self.floor = floor
    self.breakFloor = breakFloor
  }

  /// Whether the statistic is beyond the floor; false without either.
  package var isBeyondFloor: Bool { isBeyond(floor) }
  /// Whether the statistic is beyond the floor of a break.
  package var isBreak: Bool { isBeyond(breakFloor) }

  private func isBeyond(_ bound: Double?) -> Bool {
    guard let statistic, let bound else { return false }
    return largerIsDrift ? statistic > bound : statistic < bound
  }

  /// Whether an effect as large as the floor would have gone unseen.
  package var isBlind: Bool {
    guard let detectable, let floor else { return false }
    return largerIsDrift ? detectable > floor : detectable < floor
  }
}

/// How likely chance alone is to give what was measured.
package struct DriftChance: Sendable, Hashable {
  /// Where the probability comes from.
  package enum Method: String, Sendable, Hashable {
    /// Labels exchanged at random, on as many records as the counts say.
    case permutation
    /// The limit law of the statistic, for sets too large to permute.
    case asymptotic
    /// The rank among the reference's own groups or windows.
    case conformal
    /// The rank among deals of whole groups, the reference's and the current set's own.
    case groups

    /// Whether it knows that records hang together.
    package var isRank: Bool { self == .conformal || self == .groups }
  }

  package var method: Method
  /// Range: (0, 1].
  package var p: Double
  /// Corrected for the whole family of tests. Range: (0, 1].
  package var adjusted: Double
  /// Draws of the permutation, or windows of the reference.
  package var draws: Int
  /// Whether a side was thinned to `CountThinning.limit` records first.
  package var isThinned = false

  package init(method: Method, p: Double, adjusted: Double? = nil, draws: Int, isThinned: Bool = false) {
    self.method = method
    self.p = p
    self.adjusted = adjusted ?? p
    self.draws = draws
    self.isThinned = isThinned
  }
}
