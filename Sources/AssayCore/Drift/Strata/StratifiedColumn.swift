/// One feature of the sampled records of two sets, in bins that are common to all strata.
///
/// *Shape*: `reference` and `current` are strata x bins.
package struct StratifiedColumn: Sendable, Hashable {
  /// The names of the strata, ascending.
  package private(set) var strata: [String] = []
  package private(set) var reference: [[Int64]] = []
  package private(set) var current: [[Int64]] = []
  /// One more than bins, ascending and finite; empty for categories.
  package private(set) var edges: [Double] = []
  /// The names of categories; empty for numbers.
  package private(set) var names: [String] = []
  private let form: Form
  private let places: [String: Int]
  /// Sums of the numbers by stratum; zeros for categories.
  package private(set) var referenceSums: [Double] = []
  package private(set) var currentSums: [Double] = []

  /// How a feature's values are put in bins.
  package enum Form: Sendable, Hashable {
    /// Finite numbers in an order, in at most so many bins of about equal mass.
    case numbers(bins: Int)
    /// Values by name, missing ones under a name of their own.
    case categories
    /// Whether there is a value.
    case presence
  }

  /// One sampled record: its stratum and its value.
  package struct Member: Sendable {
    package var stratum: String
    package var value: Value

    package init(stratum: String, value: Value) {
      self.stratum = stratum
      self.value = value
    }
  }

  /// Nil where a side has no record of that form.
  package init?(_ reference: [Member], _ current: [Member], _ form: Form) {
    let all = reference + current
    self.form = form
    switch form {
    case .numbers(let bins): edges = Self.edges(all.compactMap { Self.finite($0.value) }.sorted(), bins)
    case .categories: names = Set(all.map { Self.name($0.value) }).sorted()
    case .presence: names = ["present", "missing"]
    }
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    strata = Set(all.map(\.stratum)).sorted()
    (self.reference, referenceSums) = table(reference)
    (self.current, currentSums) = table(current)
    guard referenceCount > 0, currentCount > 0 else { return nil }
  }

  /// How many bins there are.
  package var bins: Int { max(names.count, edges.count - 1) }

  /// The bin of a value; nil for one that has no place among them.
  package func bin(of value: Value) -> Int? {
    switch form {
    case .categories: places[Self.name(value)]
    case .presence: value.isMissing ? 1 : 0
    case .numbers: Self.finite(value).map { Self.bin(of: $0, edges) }
    }
  }

  package var referenceCount: Int64 { reference.joined().reduce(0, +) }
  package var currentCount: Int64 { current.joined().reduce(0, +) }

  // MARK: Bins

  private static func finite(_ value: Value) -> Double? {
    guard let number = value.number, number.isFinite else { return nil }
    return number
  }

  private static func name(_ value: Value) -> String { value.isMissing ? "missing" : value.canonicalText }

  /// The edges of bins of about equal mass, of ascending numbers; empty without numbers.
  private static func edges(_ numbers: [Double], _ bins: Int) -> [Double] {
    guard let first = numbers.first, let last = numbers.last else { return [] }
    var edges = [first]
    for bin in 1..<max(bins, 1) {
      let start = numbers[numbers.count * bin / bins]
      if start > edges[edges.count - 1] { edges.append(start) }
    }
    return edges + [min(last.nextUp, .greatestFiniteMagnitude)]
  }

  /// The bin whose lower edge is the last one not above the number.
  private static func bin(of number: Double, _ edges: [Double]) -> Int {
    var (low, high) = (0, edges.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if edges[middle] <= number { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private func table(_ members: [Member]) -> ([[Int64]], [Double]) {
    let rows = Dictionary(uniqueKeysWithValues: strata.enumerated().map { ($1, $0) })
    var counts = [[Int64]](repeating: [Int64](repeating: 0, count: bins), count: strata.count)
    var sums = [Double](repeating: 0, count: strata.count)
    for member in members {
      guard let stratum = rows[member.stratum], let bin = bin(of: member.value) else { continue }
      counts[stratum][bin] += 1
      sums[stratum] += Self.finite(member.value) ?? 0
    }
    return (counts, sums)
  }
}
