/// Counts in how many matched records one feature disagrees.
///
/// *Law*: everything but the examples is a function of the multiset of pairs; the examples are those of the first pairs,
/// so pairs are given in an order that does not depend on how they came.
package struct SkewTally: Sendable {
  /// The full name.
  package let feature: String
  private let origin: SkewFinding.Origin
  /// The feature's unit; empty where it has none.
  package let unit: String
  private let tolerance: SkewTolerance
  private(set) var isPresent = false
  private var hiddenCount = 0
  private var missingInReference = 0
  private var missingInCurrent = 0
  private var differing = 0
  private var distances = ColumnProfile(scale: .whole, detail: .sketches)
  private var examples: [SkewExample] = []

  /// The most examples of a feature.
  package static let mostExamples = 3

  /// The tally of a field or a measurement.
  package init(_ feature: String, _ tolerance: SkewTolerance) {
    self.init(feature, .field, unit: "", tolerance)
  }

  /// The tally of a built-in feature under its full name.
  package init(_ feature: String, of definition: FeatureDefinition, _ tolerance: SkewTolerance) {
    self.init(
      feature, definition.origin == .header ? .header : .pixels, unit: definition.unit, tolerance)
  }

  private init(
    _ feature: String, _ origin: SkewFinding.Origin, unit: String, _ tolerance: SkewTolerance
  ) {
    self.feature = feature
    self.origin = origin
    self.unit = unit
    self.tolerance = tolerance
  }

  /// Counts the pair of values that a matched record has; `example` is asked for only where it is kept.
  package mutating func observe(
    _ reference: Value, _ current: Value, example: @autoclosure () -> SkewExample
  ) {
    let answer = SkewAnswer(reference, current, tolerance)
    if answer != .absent { isPresent = true }
    switch answer {
    case .absent, .agree: return
    case .missingInReference: missingInReference += 1
    case .missingInCurrent: missingInCurrent += 1
    case .differ:
      differing += 1
      if let distance = reference.distance(to: current) { distances.observe(distance, hasher: SipHash()) }
    }
    if examples.count < Self.mostExamples { examples.append(example()) }
  }

  /// Counts a matched record of which a side keeps the value to itself.
  package mutating func observeHidden() { hiddenCount += 1 }

  /// Whether private values are all there is of it.
  package var isPrivate: Bool { hiddenCount > 0 && !isPresent }

  /// What was counted, of so many matched records; nil where no record has a value that may be looked at.
  package func finding(of matched: Int) -> SkewFinding? {
    guard isPresent else { return nil }
    return SkewFinding(
      feature: feature, origin: origin, unit: unit, tolerance: tolerance, compared: matched - hiddenCount,
      differing: differing,
      missingInReference: missingInReference, missingInCurrent: missingInCurrent,
      medianDistance: distances.quantile(0.5), largestDistance: distances.bounds?.upperBound,
      examples: examples)
  }
}
