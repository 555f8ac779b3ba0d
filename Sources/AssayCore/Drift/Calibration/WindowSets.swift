/// The sets that are ranked, as counts: the current one first, then every window, or every deal of groups, that has
/// something of the feature.
package struct WindowSets: Sendable {
  /// Each set with the reference that it is held against. Shape: (1 + sets that have something) x K, row-major.
  package private(set) var counts = ResampledCounts(reference: [], current: [])
  /// Whether each window or deal has a row.
  private var isKnown: [Bool] = []

  /// `thins` where a count is a record: sets are cut to the size of the smaller of the current set and the usual window.
  package init(_ parted: PartedCounts, thins: Bool, _ generator: ResampleGenerator) {
    var generator = generator
    let size = thins ? Self.size(parted) : .max
    add(parted.whole.reference, parted.whole.current, size, &generator)
    for window in parted.parts { add(window, outOf: parted.whole.reference, size, &generator) }
  }

  /// The same of deals: every set has as many groups as the current one, and no more records.
  package init(_ parted: PartedCounts, _ deals: GroupDeals, thins: Bool, _ generator: ResampleGenerator) {
    var generator = generator
    let whole = parted.whole
    let size = thins ? min(whole.current.reduce(0, &+), CountThinning.limit) : .max
    add(whole.reference, whole.current, size, &generator)
    let pooled = zip(whole.reference, whole.current).map { $0 &+ $1 }
    // Records of the current set without a group stay where they are.
    let loose = parted.parts[deals.referenceCount...].reduce(into: whole.current) { rest, part in
      for bin in part.indices { rest[bin] = max(0, rest[bin] &- part[bin]) }
    }
    for draw in deals.draws {
      let set = draw.reduce(into: loose) { sum, part in
        for bin in sum.indices { sum[bin] &+= parted.parts[part][bin] }
      }
      add(set, outOf: pooled, size, &generator)
    }
  }

  /// Adds a set and what is left without it, if both have something.
  private mutating func add(
    _ set: [Int64], outOf all: [Int64], _ size: Int64, _ generator: inout ResampleGenerator
  ) {
    let rest = zip(all, set).map { max(0, $0 &- $1) }
    isKnown.append(set.contains { $0 > 0 } && rest.contains { $0 > 0 })
    if isKnown.last == true { add(rest, set, size, &generator) }
  }

  /// As many records as the current set and most windows have.
  private static func size(_ parted: PartedCounts) -> Int64 {
    let sizes = parted.parts.map { $0.reduce(0, &+) }.filter { $0 > 0 }.sorted()
    let usual = sizes.isEmpty ? Int64.max : sizes[sizes.count / 2]
    return min(usual, parted.whole.current.reduce(0, &+), CountThinning.limit)
  }

  private mutating func add(
    _ reference: [Int64], _ set: [Int64], _ size: Int64, _ generator: inout ResampleGenerator
  ) {
    counts.reference += reference
    counts.current += CountThinning.thinned(set, to: size, &generator)
  }

  /// The statistics of the windows or deals, out of one for each row; nil for one without a row.
  package func windows(_ values: [Double]) -> [Double?] {
    var values = values.dropFirst()
    return isKnown.map { $0 ? values.popFirst() : nil }
  }
}
