/// The two questions that strata split a moved feature into, each as counts for a comparator and as draws of them.
///
/// *Mix*: every stratum has one look, the mean of both sets', and only the shares of strata are those of each set. Without
/// a change of shares, every way to deal records out to the two sets gives shares as likely as those observed.
///
/// *Within*: every stratum has the same weight in both sets, and only the looks are those of each set. Without a change
/// inside of strata, labels may be exchanged among the records of one stratum. The weights n m / (n + m) are those that see
/// a common shift best.
///
/// *Source*: Kitagawa 1955, DOI 10.1080/01621459.1955.10501299 (decomposition of a difference); Cochran 1954, DOI
/// 10.2307/3001616 (the weights); stratified permutation as in Pesarin and Salmaso 2010, ISBN 9780470516416.
package struct StrataParts: Sendable {
  private let column: StratifiedColumn
  /// Strata with records on both sides, by index.
  private let common: [Int]
  /// Records of each stratum on each side.
  private let totals: (reference: [Int64], current: [Int64])
  /// How each stratum looks, the sides weighing alike where both know it: a look that leaned to the side with more records
  /// would make chance in the shares a difference of looks. Shape: strata x bins.
  private let looks: [[Double]]
  private var generator: ResampleGenerator

  /// What a share of 1 is in the weighted counts.
  private static let unit = Double(1 << 24)

  package init(_ column: StratifiedColumn, _ generator: ResampleGenerator) {
    self.column = column
    self.generator = generator
    totals = (column.reference.map { $0.reduce(0, +) }, column.current.map { $0.reduce(0, +) })
    let totals = totals
    common = column.strata.indices.filter { totals.reference[$0] > 0 && totals.current[$0] > 0 }
    looks = column.strata.indices.map { Self.look(column.reference[$0], column.current[$0]) }
  }

  /// Counts as a comparator takes them.
  private func counts(_ reference: [Int64], _ current: [Int64]) -> ComparedCounts {
    ComparedCounts(
      reference: reference, current: current, edges: column.edges,
      centers: zip(column.edges, column.edges.dropFirst()).map { $0 / 2 + $1 / 2 })
  }

  // MARK: Mix

  /// What the shares alone make of the feature on each side.
  package var mix: ComparedCounts {
    counts(mixed(totals.reference), mixed(totals.current))
  }

  /// `rows` draws of the same without a change of shares.
  package mutating func drawMix(_ rows: Int) -> ResampledCounts {
    var shares = PermutedCounts(reference: totals.reference, current: totals.current, split("mix"))
    let drawn = shares.draw(rows)
    let strata = column.strata.count
    func mixed(_ all: [Int64]) -> [Int64] {
      (0..<rows).flatMap { self.mixed(Array(all[$0 * strata..<($0 + 1) * strata])) }
    }
    return ResampledCounts(reference: mixed(drawn.reference), current: mixed(drawn.current))
  }

  package var mixMovement: String {
    let means = column.strata.indices.map { stratum in
      let sides = [
        (column.referenceSums[stratum], totals.reference[stratum]),
        (column.currentSums[stratum], totals.current[stratum]),
      ].filter { $0.1 > 0 }
      return sides.reduce(0) { $0 + $1.0 / Double($1.1) } / Double(max(1, sides.count))
    }
    let weights = (Self.shares(totals.reference), Self.shares(totals.current))
    return movement(mix, Self.dot(weights.0, means), Self.dot(weights.1, means))
  }

  /// The looks of all strata in the shares that `records` have.
  private func mixed(_ records: [Int64]) -> [Int64] {
    var sums = [Double](repeating: 0, count: column.bins)
    for (look, share) in zip(looks, Self.shares(records)) where share > 0 {
      for bin in sums.indices { sums[bin] += look[bin] * share }
    }
    return sums.map { Int64(($0 * Self.unit).rounded()) }
  }

  /// The mean of both sides' distributions; that of one where only one has records.
  private static func look(_ left: [Int64], _ right: [Int64]) -> [Double] {
    let sides = [left, right].filter { $0.contains { $0 > 0 } }.map(shares)
    guard let first = sides.first else { return left.map { _ in 0 } }
    return sides.count == 1 ? first : zip(first, sides[1]).map { ($0 + $1) / 2 }
  }

  // MARK: Within

  /// What the looks alone make of the feature on each side; nil where no stratum is on both.
  package var within: ComparedCounts? {
    common.isEmpty
      ? nil
      : counts(
        Self.weighted(common.map { column.reference[$0] }, weights, Self.unit),
        Self.weighted(common.map { column.current[$0] }, weights, Self.unit))
  }

  /// One stratum by itself, with `rows` draws without a change inside of it.
  package struct Stratum: Sendable {
    package var name: String
    package var counts: ComparedCounts
    package var draws: ResampledCounts
  }

  /// Every stratum that is on both sides, and the draws of all of them together.
  package mutating func drawWithin(_ rows: Int) -> (strata: [Stratum], together: ResampledCounts) {
    let strata = common.map { stratum in
      let (left, right) = (column.reference[stratum], column.current[stratum])
      var permuted = PermutedCounts(reference: left, current: right, split(column.strata[stratum]))
      return Stratum(name: column.strata[stratum], counts: counts(left, right), draws: permuted.draw(rows))
    }
    func together(_ side: KeyPath<ResampledCounts, [Int64]>) -> [Int64] {
      (0..<rows).flatMap { row in
        Self.weighted(
          strata.map { Array($0.draws[keyPath: side][row * column.bins..<(row + 1) * column.bins]) }, weights,
          Self.unit)
      }
    }
    return (strata, ResampledCounts(reference: together(\.reference), current: together(\.current)))
  }

  package var withinMovement: String {
    guard let within else { return "no stratum is on both sides" }
    func mean(_ sums: [Double], _ totals: [Int64]) -> Double {
      Self.dot(weights, common.map { sums[$0] / Double(totals[$0]) })
    }
    return movement(
      within, mean(column.referenceSums, totals.reference), mean(column.currentSums, totals.current))
  }

  /// The weight of each common stratum; their sum is 1.
  private var weights: [Double] {
    let raw = common.map { stratum in
      let (n, m) = (Double(totals.reference[stratum]), Double(totals.current[stratum]))
      return n * m / (n + m)
    }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }

  // MARK: Arithmetic

  /// A generator of one question's own.
  private mutating func split(_ question: String) -> ResampleGenerator {
    ResampleGenerator(seed: SipHash().hash(Array(question.utf8)) ^ generator.next())
  }

  private func movement(_ counts: ComparedCounts, _ before: Double, _ after: Double) -> String {
    if !column.edges.isEmpty { return ComparedFeature.move("mean", before, after) }
    let tally = ComparedFeature.Tally(
      names: column.names, reference: counts.reference, current: counts.current)
    return ComparedFeature.largest(tally, (counts.reference.reduce(0, +), counts.current.reduce(0, +)))
  }

  private static func shares(_ records: [Int64]) -> [Double] {
    let total = Double(max(1, records.reduce(0, +)))
    return records.map { Double($0) / total }
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The distributions of the tables' rows, averaged with `weights`.
  private static func weighted(_ tables: [[Int64]], _ weights: [Double], _ unit: Double) -> [Int64] {
    var sums = [Double](repeating: 0, count: tables.first?.count ?? 0)
    for (table, weight) in zip(tables, weights) where weight > 0 {
      let scale = weight * unit / Double(max(1, table.reduce(0, +)))
      for bin in sums.indices { sums[bin] += Double(table[bin]) * scale }
    }
    return sums.map { Int64($0.rounded()) }
  }
}
