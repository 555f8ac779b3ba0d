package import AssayCore

/// Records to look at: those that show best how a feature moved.
package struct DriftExamples: Sendable, Hashable {
  /// The full name of the feature.
  package var feature: String
  /// Where the records are; empty for a side of which only a profile is known.
  package var reference: [Locator]
  package var current: [Locator]

  /// Examples for the first of the features, strongest first, that sampled records of sources read now can show.
  init?(_ moved: [DriftScore], _ reference: ProfiledSet, _ current: ProfiledSet) {
    let sampled = SampledRows(reference.profile, current.profile)
    for score in moved where score.aspect == .values && !score.isOfPixels {
      guard
        let rows = TellingRows(
          score.feature, isOrdered: score.isOrdered, sampled, reference.profile, current.profile)
      else { continue }
      feature = score.feature
      self.reference = rows.reference.compactMap(reference.locators.locator)
      self.current = rows.current.compactMap(current.locators.locator)
      if !self.current.isEmpty || !self.reference.isEmpty { return }
    }
    return nil
  }
}
