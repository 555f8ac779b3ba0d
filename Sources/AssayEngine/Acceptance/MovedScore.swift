package import AssayCore

/// A score of a printed report that alarmed or warned, as far as an acceptance has to know it.
package struct MovedScore: Sendable, Hashable {
  /// The schema's reference that it was compared with; nil where the report names none.
  package var reference: String?
  package var feature: String
  package var slice: String?
  package var aspect: ComparedFeature.Aspect
  /// `mean 118 -> 149`.
  package var movement: String
  package var comparator: String
  package var statistic: Double
  package var largerIsDrift: Bool
  /// What the statistic can be at all.
  package var range = Bounds()

  /// What a user calls it: `image.noise@night`.
  package var name: String { DriftScore.name(feature, in: slice) }

  /// How much more than what was seen is accepted: the next set of the same kind is never quite the same.
  private static let margin = 1.25

  /// Statistics up to a quarter beyond the one that was seen, as far as the comparator goes.
  package var acceptedEffect: Bounds {
    let reach = largerIsDrift == (statistic >= 0) ? statistic * Self.margin : statistic / Self.margin
    let bound = SignificantDigits.rounded(reach, to: 3)
    return largerIsDrift
      ? Bounds(max: min(bound, range.max ?? .infinity)) : Bounds(min: max(bound, range.min ?? -.infinity))
  }

  /// Whether the same question was answered elsewhere with an effect that is further out.
  private func isWithin(_ other: MovedScore) -> Bool {
    (reference, name, aspect, comparator) == (other.reference, other.name, other.aspect, other.comparator)
      && (largerIsDrift ? statistic < other.statistic : statistic > other.statistic)
  }
}

extension MovedScore {
  /// Everything that moved in a report of `compare` or `check`; of several current sets each question
  /// once, with its largest effect. Nil if the value is no such report.
  package static func all(in report: JSONValue) -> [MovedScore]? {
    guard report["assay_report"]?.integer == 1 else { return nil }
    var moved: [MovedScore] = []
    for (reference, comparison) in comparisons(in: report) {
      guard let scores = comparison["scores"]?.array else { return nil }
      moved += scores.compactMap { MovedScore($0, reference) }
    }
    let largest = moved.filter { score in !moved.contains { score.isWithin($0) } }
    var known: Set<[String?]> = []
    return largest.filter { known.insert([$0.reference, $0.name, $0.aspect.rawValue]).inserted }
  }

  /// The reports of single comparisons that a report is made of, each with the name of its reference.
  private static func comparisons(in report: JSONValue, against name: String? = nil) -> [(String?, JSONValue)]
  {
    if let references = report["references"]?.array {
      return references.flatMap { comparisons(in: $0["report"] ?? .null, against: $0["name"]?.string) }
    }
    if let checked = report["comparison"] { return comparisons(in: checked) }
    return (report["comparisons"]?.array ?? [report]).map { (name, $0) }
  }

  /// Nil for what did not move, and for what has no effect that a number bounds. The effect is that of the first measure
  /// with a floor, or of the first where none has one.
  private init?(_ score: JSONValue, _ reference: String?) {
    guard ["alarm", "warn"].contains(score["status"]?.string),
      let feature = score["feature"]?.string,
      let aspect = score["aspect"]?.string.flatMap(ComparedFeature.Aspect.init(rawValue:)),
      let measures = score["measures"]?.array,
      let measure = measures.first(where: { $0["floor"]?.number != nil }) ?? measures.first,
      let comparator = measure["comparator"]?.string, let statistic = measure["statistic"]?.number
    else { return nil }
    self.init(
      reference: reference, feature: feature, slice: score["slice"]?.string, aspect: aspect,
      movement: score["movement"]?.string ?? "", comparator: comparator, statistic: statistic,
      largerIsDrift: measure["larger_is_drift"]?.boolean ?? true,
      range: Bounds(min: measure["minimum"]?.number, max: measure["maximum"]?.number))
  }
}
