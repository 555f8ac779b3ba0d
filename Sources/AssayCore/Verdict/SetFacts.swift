/// What is known of a whole set when its rules are judged. A fact that is nil was not gathered; a rule that
/// needs it is not judged, and fails.
package protocol SetFacts {
  /// The number of records.
  var recordCount: Int { get }
  /// How many records are of that class, and of how many; duplicates need an exact index.
  func count(of kind: RecordClass) -> Share?
  /// How many images or rows are orphans, and of how many.
  func orphans(_ kind: OrphanKind) -> Share?
  /// How many records have the value, of those that have the feature. The value is spelled as in the schema.
  func share(of value: String, in feature: FeatureReference) -> Share?
  func mean(of feature: FeatureReference) -> Double?
  /// The quantile of that order, in [0, 1].
  func quantile(_ order: Double, of feature: FeatureReference) -> Double?
  func counts(of metric: Metric) -> MetricCounts?
}

/// A count and what it is a part of.
package struct Share: Sendable, Hashable {
  package var part: Int
  package var whole: Int

  package init(part: Int, whole: Int) {
    self.part = part
    self.whole = whole
  }
}
