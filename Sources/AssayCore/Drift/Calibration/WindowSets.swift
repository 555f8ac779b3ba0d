/// The sets that are ranked, as counts: the current one first, then every window that has something of the feature.
package struct WindowSets: Sendable {
  /// Each set with the reference that it is held against. Shape: (1 + windows that have something) x K, row-major.
  package private(set) var counts = ResampledCounts(reference: [], current: [])
  /// Whether each window has a row.
  private var isKnown: [Bool] = []

  /// `thins` where a count is a record: sets are cut to the size of the smaller of the current set and the usual window.
  package init(_ parted: PartedCounts, thins: Bool, _ generator: ResampleGenerator) {
    var generator = generator
    let size = thins ? Self.size(parted) : .max
    add(parted.whole.reference, parted.whole.current, size, &generator)
    for window in parted.parts {
      let rest = zip(parted.whole.reference, window).map { max(0, $0 &- $1) }
      isKnown.append(window.contains { $0 > 0 } && rest.contains { $0 > 0 })
      if isKnown.last == true { add(rest, window, size, &generator) }
    }
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

  /// The statistics of the windows, out of one for each row; nil for a window without a row.
  package func windows(_ values: [Double]) -> [Double?] {
    var values = values.dropFirst()
    return isKnown.map { $0 ? values.popFirst() : nil }
  }
}
