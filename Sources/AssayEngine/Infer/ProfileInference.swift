package import AssayCore
import AssayRules

/// What a profile knows, as a schema is inferred from it.
///
/// Counts, extremes, outcomes, and values that are few enough to be named are exact; medians are those of the
/// sketches. What texts look like is exact while their values are named, and otherwise estimated from the rows
/// of the sample. Duplicates are exact up to the level sample's cap, and estimated above it.
package struct ProfileInference: InferenceFacts {
  private let profile: Profile
  private let detector: PersonalDataDetector

  /// Throws when the expressions for personal data do not compile.
  package init(_ profile: Profile) throws {
    self.profile = profile
    detector = try PersonalDataDetector()
  }

  package var recordCount: Int { Int(profile.recordCount) }

  package var hasImages: Bool { profile.whole.images["image"].map { $0.count > 0 } ?? false }

  /// Ascending: a profile does not know the order of a manifest's columns.
  package var fieldNames: [String] { profile.whole.fields.sorted.map(\.name) }

  package func column(_ reference: FeatureReference) -> ColumnFacts? {
    guard let column = profile.whole.column(reference) else { return nil }
    guard case .field(let name) = reference else {
      return facts(of: column, SeenTexts(column), missing: Int(column.missingCount))
    }
    let present = Int(column.presentCount &+ (column.privacy?.presentCount ?? 0))
    if let privacy = column.privacy { return facts(of: privacy, present: present) }
    return facts(
      of: column, SeenTexts(column, of: name, in: profile.sample), missing: max(0, recordCount - present))
  }

  /// For records of several images an upper bound: each image counts.
  package func count(of kind: RecordClass) -> Share? {
    func images(_ isMember: (DecodeOutcome) -> Bool) -> Int {
      let counts = profile.whole.images.elements.flatMap { image in
        DecodeOutcome.allCases.filter(isMember).map { image.count($0) }
      }
      return min(Int(counts.reduce(0, &+)), recordCount)
    }
    let part: Int
    switch kind {
    case .corrupt: part = images(\.isCorrupt)
    case .duplicates: part = Int(profile.duplicateEstimate.rounded())
    case .duplicateKeys, .malformed: return nil
    case .damaged, .undecodable, .unsupported, .refused, .crashed, .timeout, .unreadable:
      part = images { $0.name == kind.rawValue }
    }
    return Share(part: part, whole: recordCount)
  }

  private func facts(of column: ColumnProfile, _ texts: SeenTexts, missing: Int) -> ColumnFacts {
    var facts = ColumnFacts(present: Int(column.presentCount), missing: missing)
    facts.readable = readable(column)
    (facts.min, facts.max) = (column.bounds?.lowerBound, column.bounds?.upperBound)
    facts.median = column.quantile(0.5)
    facts.categories = categories(column)
    facts.distinct = column.distinctEstimate
    facts.mask = texts.mask(all: facts.present)
    facts.hasPersonalData = facts.mask == nil && texts.names.contains { !detector.kinds(in: $0).isEmpty }
    return facts
  }

  /// A column that was declared private: only the shapes of its masks are known.
  private func facts(of privacy: PrivateCounts, present: Int) -> ColumnFacts {
    var facts = ColumnFacts(
      present: present, missing: max(0, recordCount - present), readable: [.string: present])
    let shapes = privacy.masks.sorted.filter { $0.element > 0 }.map(\.name)
    facts.mask = shapes.count == 1 ? MaskAlgorithm(rawValue: shapes[0]) : nil
    facts.hasPersonalData = facts.mask == nil
    return facts
  }

  /// Values by the types they read as.
  ///
  /// A text stays text even where it spells a number: in CSV a cell that is left as text has a leading zero or the
  /// like and is a name, and in JSON it was quoted.
  private func readable(_ column: ColumnProfile) -> [FieldType: Int] {
    let integers = column.integers?.count ?? 0
    let numbers = column.finiteCount
    let counts: [FieldType: Int64] = [
      .boolean: column.falseCount &+ column.trueCount, .integer: integers, .number: numbers,
      .timestamp: (column.timestamps?.count ?? 0) &+ integers,
      .string: column.presentCount &- column.opaqueCount,
    ]
    return counts.mapValues { Int($0) }
  }

  /// Every value with its count; nil if some kind of value is not counted by name.
  private func categories(_ column: ColumnProfile) -> [String: Int]? {
    let isNamed = column.reals == nil && column.timestamps == nil && column.opaqueCount == 0
    guard isNamed, let counts = column.categoryCounts else { return nil }
    return Dictionary(counts.map { ($0.name, Int($0.count)) }, uniquingKeysWith: &+)
  }
}
