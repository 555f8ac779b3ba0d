/// A moved feature told apart by strata: what a change of shares among them explains, and what changed inside of them.
package struct DriftSplit: Sendable, Hashable {
  /// One of the two parts.
  package struct Part: Sendable, Hashable {
    /// The statistic of the comparator that chance is held against.
    package var statistic: Double
    /// What moved, in the feature's own unit.
    package var movement: String
    package var chance: DriftChance
    /// Whether it is more than chance gives, corrected for all features that were told apart.
    package var isSignificant = false

    package init(statistic: Double, movement: String, chance: DriftChance) {
      self.statistic = statistic
      self.movement = movement
      self.chance = chance
    }
  }

  /// The feature whose values are the strata: `field.camera_id`.
  package var by: String
  /// What the change of shares alone does to the feature, each stratum looking as it does in both sets together.
  package var mix: Part
  /// What changed inside of strata, each weighted alike in both sets. Nil where no stratum is in both.
  package var within: Part?
  /// The strata inside of which it changed, by name; not all of them where that is told of none by itself.
  package var changedStrata: [String] = []
  /// Sampled records on both sides that this stands on.
  package var referenceCount: Int64
  package var currentCount: Int64

  package init(by: String, mix: Part, within: Part?, referenceCount: Int64, currentCount: Int64) {
    self.by = by
    self.mix = mix
    self.within = within
    self.referenceCount = referenceCount
    self.currentCount = currentCount
  }

  /// Which of the two parts moved, in a word.
  package enum Kind: String, Sendable, Hashable {
    case mix, within, both
    /// Neither by itself is more than chance gives.
    case untold
  }

  package var kind: Kind {
    switch (mix.isSignificant, within?.isSignificant ?? false) {
    case (true, false): .mix
    case (false, true): .within
    case (true, true): .both
    case (false, false): .untold
    }
  }
}

extension DriftSplit {
  /// Corrects the p-values of all splits of a comparison, those of the two parts apart, and marks what is significant at
  /// `level`.
  package static func judge(_ splits: inout [DriftSplit], level: Double, _ correction: DriftFamily.Correction)
  {
    let mix = FamilyCorrection.adjusted(splits.map(\.mix.chance.p), correction)
    for (index, p) in mix.enumerated() { splits[index].mix.settle(p, level) }
    let inside = splits.indices.filter { splits[$0].within != nil }
    let within = FamilyCorrection.adjusted(inside.map { splits[$0].within?.chance.p ?? 1 }, correction)
    for (index, p) in zip(inside, within) { splits[index].within?.settle(p, level) }
  }
}

extension DriftSplit.Part {
  fileprivate mutating func settle(_ adjusted: Double, _ level: Double) {
    chance.adjusted = adjusted
    isSignificant = adjusted <= level
  }
}
