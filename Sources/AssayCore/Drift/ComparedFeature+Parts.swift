/// Counts of a feature in both sets and in parts of them, on bins that all of these share.
package struct PartedCounts: Sendable, Hashable {
  /// The two sets.
  package var whole: ComparedCounts
  /// One row for each part.
  package var parts: [[Int64]]

  package init(whole: ComparedCounts, parts: [[Int64]]) {
    self.whole = whole
    self.parts = parts
  }
}

extension ComparedFeature {
  /// The feature on at most `bins` bins, as `counts(bins:)` has it, of both sets and of every part: the bins are those of
  /// the coarsest. Nil where parts do not keep the feature, or there is nothing to compare.
  package func counts(of parts: [Population], bins: Int) -> PartedCounts? {
    switch form {
    case .ordered(let left, let right): ordered([left, right], parts, bins)
    case .categories: categories(parts)
    case .tally(let tally): tallied(tally, parts)
    case .presence: whole(presence(parts))
    case .histogram, .jointHistogram: pixels(parts)
    case .vectors, .incomparable: nil
    }
  }

  private func whole(_ parts: [[Int64]]?) -> PartedCounts? {
    guard let parts, let whole = counts(bins: 0) else { return nil }
    return PartedCounts(whole: whole, parts: parts)
  }

  // MARK: Numbers

  private func ordered(_ sides: [NumericDistribution], _ parts: [Population], _ bins: Int) -> PartedCounts? {
    let own = parts.map { part in
      aspect == .lengths ? column(in: part)?.textLengths?.numbers : column(in: part)?.numbers
    }
    let aligned = NumericDistribution.aligned(sides + own.compactMap(\.self))
    guard let last = aligned.buckets.last else { return nil }
    let starts = Self.starts(zip(aligned.rows[0], aligned.rows[1]).map { $0 &+ $1 }, bins)
    let edges = starts.map { aligned.buckets[$0].lower } + [Self.above(last.upper)]
    var known = aligned.rows.map { Self.sums($0, starts) }[...]
    let whole = ComparedCounts(
      reference: known.removeFirst(), current: known.removeFirst(), edges: edges,
      centers: zip(edges, edges.dropFirst()).map { $0 / 2 + $1 / 2 })
    let none = [Int64](repeating: 0, count: starts.count)
    return PartedCounts(whole: whole, parts: own.map { $0 == nil ? none : known.removeFirst() })
  }

  /// The first buckets of at most `bins` bins of about equal mass.
  private static func starts(_ pooled: [Int64], _ bins: Int) -> [Int] {
    let total = pooled.reduce(0, &+)
    var (starts, mass, target) = ([0], Int64(0), Int64(1))
    for (index, count) in pooled.enumerated() {
      if mass > 0, mass >= total / Int64(bins) &* target {
        starts.append(index)
        while target < Int64(bins), mass >= total / Int64(bins) &* target { target += 1 }
      }
      mass &+= count
      if starts.count == bins { break }
    }
    return starts
  }

  private static func sums(_ row: [Int64], _ starts: [Int]) -> [Int64] {
    zip(starts, starts.dropFirst() + [row.count]).map { row[$0..<$1].reduce(0, &+) }
  }

  // MARK: Names

  private func categories(_ parts: [Population]) -> PartedCounts? {
    let columns = parts.map { column(in: $0) ?? ColumnProfile(scale: .part) }
    let common = CommonBins.categories([reference, current] + columns)
    var rows = common.rows
    let missing =
      [max(0, referenceRecords &- Self.present(reference)), max(0, currentRecords &- Self.present(current))]
      + parts.map { presence($0)[1] }
    let hasMissing = missing.contains { $0 > 0 }
    if hasMissing { for index in rows.indices { rows[index].append(missing[index]) } }
    return PartedCounts(
      whole: ComparedCounts(
        reference: rows[0], current: rows[1], hasMissingBin: hasMissing, isHashed: common.names == nil),
      parts: Array(rows.dropFirst(2)))
  }

  private func tallied(_ tally: Tally, _ parts: [Population]) -> PartedCounts? {
    guard place != nil else { return nil }
    return whole(
      parts.map { part in
        let counts = Dictionary(named(in: part), uniquingKeysWith: &+)
        return tally.names.map { counts[$0] ?? 0 }
      })
  }

  /// What a tally counts, by name.
  private func named(in part: Population) -> [(String, Int64)] {
    if case .image(let name) = place {
      return DecodeOutcome.allCases.map { ($0.name, part.images[name]?.count($0) ?? 0) }
    }
    guard let column = column(in: part) else { return [] }
    switch aspect {
    case .hours: return Array(zip(Self.hours, column.timestamps?.hours ?? []))
    case .weekdays: return Array(zip(Self.days, column.timestamps?.weekdays ?? []))
    case .values, .presence, .kinds, .lengths: return Self.kinds(column).map { ($0.name, $0.count) }
    }
  }

  // MARK: Presence

  private func presence(_ parts: [Population]) -> [[Int64]]? {
    place == nil ? nil : parts.map(presence)
  }

  /// Records of a part with a value, and without one.
  private func presence(_ part: Population) -> [Int64] {
    let all: Int64 =
      if case .builtin(let image, _) = place { part.images[image]?.count ?? 0 } else { part.recordCount }
    let present: Int64 =
      if case .image(let name) = place {
        part.images[name]?.count ?? 0
      } else {
        column(in: part).map(Self.present) ?? 0
      }
    return [present, max(0, all &- present)]
  }

  private func column(in part: Population) -> ColumnProfile? {
    switch place {
    case .builtin(let image, let feature): part.images[image]?.columns[feature.rawValue]
    case .field(let name): part.fields[name]
    case .measurement(let name): part.measurements[name]
    case .image, .pixels, nil: nil
    }
  }

  // MARK: Pixels

  private func pixels(_ parts: [Population]) -> PartedCounts? {
    guard case .pixels(let channel) = place else { return nil }
    let sketches = parts.map { $0.images["image"]?.pixels ?? PixelSketch(scale: .part) }
    switch form {
    case .histogram(let left, let right):
      let edges = Self.pixelEdges(Self.pixelBins)
      let rows = ([left, right] + sketches.map { $0.codeValues(of: channel ?? 3) }).map {
        Self.folded($0, to: Self.pixelBins)
      }
      return PartedCounts(
        whole: ComparedCounts(
          reference: rows[0], current: rows[1], edges: edges,
          centers: zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }), parts: Array(rows.dropFirst(2)))
    case .jointHistogram(let left, let right):
      let rows = ([left, right] + sketches.map(\.redBlue)).map { Self.folded(joint: $0, levels: 8) }
      return PartedCounts(
        whole: ComparedCounts(reference: rows[0], current: rows[1]), parts: Array(rows.dropFirst(2)))
    case .ordered, .categories, .tally, .presence, .vectors, .incomparable: return nil
    }
  }
}
