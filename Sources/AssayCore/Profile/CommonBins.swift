/// The counts of a reference and a current column on common bins: the input of every binned comparator.
package struct CommonBins: Sendable, Hashable {
  /// One more than bins: bin i holds numbers from edge i up to, not including, edge i + 1. The first and
  /// the last edge are infinite; the infinities count in the outer bins, NaN in none. Nil for categories.
  package var edges: [Double]?
  /// The categories' names, ascending by bytes; nil for numbers and for hashed bins.
  package var names: [String]?
  package var reference: [Int64]
  package var current: [Int64]
  /// Whether bins are hashes of names, so that every divergence is a lower bound.
  package var isHashed = false

  /// Bins of as equal pooled mass as the buckets allow, at most `binCount`.
  ///
  /// The edges depend on the pooled counts only, so they are symmetric under exchange of records between
  /// the two sides: a permutation test on these bins is exact.
  package init(_ reference: NumericDistribution, _ current: NumericDistribution, binCount: Int = 20) {
    precondition(binCount > 0, "no bins")
    let aligned = NumericDistribution.aligned(reference, current)
    let total = reference.count &+ current.count
    var edges = [-Double.infinity]
    var bins: [(Int64, Int64)] = [(reference.negativeInfinityCount, current.negativeInfinityCount)]
    var pooled = reference.negativeInfinityCount &+ current.negativeInfinityCount
    // The next multiple of total / binCount at which a bin ends.
    var target: Int64 = 1
    for entry in aligned {
      if pooled >= Self.mass(target, total, binCount), pooled > 0 {
        edges.append(entry.bucket.lower)
        bins.append((0, 0))
        while target < Int64(binCount), pooled >= Self.mass(target, total, binCount) { target += 1 }
      }
      bins[bins.count - 1].0 &+= entry.reference
      bins[bins.count - 1].1 &+= entry.current
      pooled &+= entry.reference &+ entry.current
    }
    bins[bins.count - 1].0 &+= reference.positiveInfinityCount
    bins[bins.count - 1].1 &+= current.positiveInfinityCount
    self.edges = edges + [.infinity]
    self.reference = bins.map(\.0)
    self.current = bins.map(\.1)
  }

  /// The least mass from which on `target` of `binCount` bins are full.
  private static func mass(_ target: Int64, _ total: Int64, _ binCount: Int) -> Int64 {
    let (quotient, remainder) = total.quotientAndRemainder(dividingBy: Int64(binCount))
    return quotient &* target &+ (remainder &* target &+ Int64(binCount) - 1) / Int64(binCount)
  }

  /// Texts and truth values by name, or by hashed bins where one of the two has too many names.
  package init(_ reference: ColumnProfile, _ current: ColumnProfile) {
    let common = Self.categories([reference, current])
    (names, isHashed) = (common.names, common.names == nil)
    (self.reference, self.current) = (common.rows[0], common.rows[1])
  }

  /// The same of many columns: one row for each, and the names of its bins unless one of them has too many.
  package static func categories(_ columns: [ColumnProfile]) -> (names: [String]?, rows: [[Int64]]) {
    let named = columns.compactMap(\.categoryCounts)
    if named.count == columns.count {
      let names = Set(named.joined().map { ExactText($0.name) }).sorted()
      return (names.map(\.text), named.map { counts($0, of: names) })
    }
    let bins = columns.map { $0.texts?.categories.asBins ?? [] }
    let size = bins.map(\.count).filter { $0 > 0 }.min() ?? 1
    return (nil, zip(bins, columns).map { folded($0, to: size) + [$1.falseCount, $1.trueCount] })
  }

  private static func counts(_ entries: [(name: String, count: Int64)], of names: [ExactText]) -> [Int64] {
    let byName = Dictionary(entries.map { (ExactText($0.name), $0.count) }, uniquingKeysWith: &+)
    return names.map { byName[$0] ?? 0 }
  }

  /// Bins by fewer bits of the hash: a whole set's have two more than a part's.
  private static func folded(_ bins: [Int64], to size: Int) -> [Int64] {
    guard !bins.isEmpty else { return Array(repeating: 0, count: size) }
    let width = bins.count / size
    return (0..<size).map { bin in bins[bin * width..<(bin + 1) * width].reduce(0, &+) }
  }
}
