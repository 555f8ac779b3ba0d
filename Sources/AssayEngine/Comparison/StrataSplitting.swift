import AssayCore
import AssayPlugins

/// Tells features that moved apart: a change of shares among strata, or a change inside of them.
///
/// It stands on the sampled records of both profiles, which hold features and strata of the same record; so strata can
/// be chosen after the data was profiled.
struct StrataSplitting {
  private let host: ComparatorHost
  /// What the strata are named by, in the order of the schema, and the stratum of every row; nil where no row of a side
  /// has one.
  private let strata: [(by: String, names: StrataNames?)]
  private let rows: SampledRows
  private let profiles: (reference: Profile, current: Profile)

  /// Fewer sampled records than this on a side split nothing.
  private static let leastRecords: Int64 = 30
  /// The least number of draws.
  private static let leastDraws = 999
  /// The most: p-values below a ten-thousandth change no verdict on two parts.
  private static let mostDraws = 9_999

  init(_ host: ComparatorHost, strata: [String], _ reference: Profile, _ current: Profile) {
    self.host = host
    let rows = SampledRows(reference, current)
    self.strata = strata.map { by in
      let columns = (SampledColumn(by, reference), SampledColumn(by, current))
      guard let left = columns.0, let right = columns.1 else { return (by, nil) }
      return (by, StrataNames(rows.reference.map(left.value), rows.current.map(right.value)))
    }
    self.rows = rows
    profiles = (reference, current)
  }

  /// Splits every score of the whole set that says more than chance, and judges all splits as one family at `level`.
  func split(
    _ scores: inout [DriftScore], features: [ComparedFeature], tests: [PlannedTest?], level: Double,
    _ correction: DriftFamily.Correction
  ) throws {
    var splits: [DriftSplit] = []
    var owners: [Int] = []
    let moved = scores.indices.filter { isSplit(scores[$0]) }
    let draws = min(
      Self.mostDraws, max(Self.leastDraws, Int((Double(moved.count * strata.count) / level).rounded(.up))))
    for index in moved {
      guard let test = tests[index] else { continue }
      for (by, names) in strata where by != scores[index].feature {
        guard let names else {
          scores[index].add(note: "not told apart by \(by): no record of a side has it")
          continue
        }
        guard let split = try split(features[index], scores[index], test, by, names, draws, level) else {
          continue
        }
        splits.append(split)
        owners.append(index)
      }
    }
    DriftSplit.judge(&splits, level: level, correction)
    for (owner, split) in zip(owners, splits) { scores[owner].splits.append(split) }
  }

  /// Pixels, vectors and slices have no place in the sampled columns.
  private func isSplit(_ score: DriftScore) -> Bool {
    score.slice == nil && !score.isOfPixels && [.warn, .alarm].contains(score.status)
      && [.values, .presence].contains(score.aspect)
  }

  private func form(_ feature: ComparedFeature, _ test: PlannedTest) -> StratifiedColumn.Form? {
    let preferred = test.comparator.preferredBins
    switch feature.form {
    case .ordered:
      return .numbers(bins: preferred == 0 ? ResampleBasis.mostBins : min(preferred, ResampleBasis.mostBins))
    case .categories: return .categories
    case .presence: return .presence
    case .histogram, .jointHistogram, .vectors, .tally, .incomparable: return nil
    }
  }

  private func split(
    _ feature: ComparedFeature, _ score: DriftScore, _ test: PlannedTest, _ name: String,
    _ names: StrataNames, _ draws: Int, _ level: Double
  ) throws -> DriftSplit? {
    guard let form = form(feature, test),
      let left = members(feature.name, names.reference, rows.reference, profiles.reference),
      let right = members(feature.name, names.current, rows.current, profiles.current),
      let column = StratifiedColumn(left, right, form),
      min(column.referenceCount, column.currentCount) >= Self.leastRecords
    else { return nil }
    let generator = ResampleGenerator(
      profiles.reference.fingerprint, profiles.current.fingerprint, question: "\(score.question) by \(name)")
    var parts = StrataParts(column, generator)
    let mixed = parts.drawMix(draws)
    guard let mix = try part(parts.mix, mixed, parts.mixMovement, test) else { return nil }
    var split = DriftSplit(
      by: name, mix: mix, within: nil, referenceCount: column.referenceCount,
      currentCount: column.currentCount)
    if let inside = parts.within {
      let drawn = parts.drawWithin(draws)
      split.within = try part(inside, drawn.together, parts.withinMovement, test)
      if let p = split.within?.chance.p, p <= level {
        split.changedStrata = try changed(drawn.strata, test, level)
      }
    }
    return split
  }

  /// The sampled records with their stratum and what they have of the feature; nil where the profile does not know it.
  private func members(_ feature: String, _ strata: [String], _ rows: [SampleRow], _ profile: Profile)
    -> [StratifiedColumn.Member]?
  {
    guard let values = SampledColumn(feature, profile) else { return nil }
    return zip(strata, rows).map { StratifiedColumn.Member(stratum: $0, value: values.value($1)) }
  }

  /// One part held against its draws; nil where the comparator gives no statistic.
  private func part(
    _ observed: ComparedCounts, _ draws: ResampledCounts, _ movement: String, _ test: PlannedTest
  ) throws -> DriftSplit.Part? {
    guard let tested = try permutation(observed, draws, test) else { return nil }
    return DriftSplit.Part(
      statistic: tested.observed, movement: movement,
      chance: DriftChance(method: .permutation, p: tested.p, draws: tested.draws))
  }

  private func permutation(_ observed: ComparedCounts, _ draws: ResampledCounts, _ test: PlannedTest) throws
    -> PermutationTest?
  {
    guard case .statistics(let values) = try host.compare(test.request(observed)), let value = values.first,
      case .statistics(let drawn) = try host.compare(test.request(draws, like: observed))
    else { return nil }
    var tested = PermutationTest(observed: value, largerIsDrift: test.comparator.largerIsDrift)
    tested.add(drawn)
    return tested
  }

  /// Strata inside of which the feature changed, corrected for asking each of them.
  private func changed(_ strata: [StrataParts.Stratum], _ test: PlannedTest, _ level: Double) throws
    -> [String]
  {
    let tested = try strata.map { try permutation($0.counts, $0.draws, test)?.p ?? 1 }
    let adjusted = FamilyCorrection.adjusted(tested, .benjaminiHochberg)
    return zip(strata, adjusted).filter { $0.1 <= level }.map(\.0.name)
  }
}
