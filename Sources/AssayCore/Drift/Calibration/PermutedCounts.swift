/// Two sides of binned records whose labels are exchanged at random: without drift, every way to deal the pooled records
/// out to two sides of these sizes is as likely as the one that was observed.
///
/// *Shape*: `reference` and `current` are B x K, row-major. Each row is a draw from the multivariate hypergeometric law of
/// the pooled counts.
package struct PermutedCounts: Sendable {
  /// The bin of each pooled record, in an order that draws change.
  private var pool: [UInt32]
  private let pooled: [Int64]
  /// How many records the smaller side has: it is the one that is dealt.
  private let dealt: Int
  private let dealsCurrent: Bool
  private var generator: ResampleGenerator

  /// Counts of at most `CountThinning.limit` records a side.
  package init(reference: [Int64], current: [Int64], _ generator: ResampleGenerator) {
    pooled = zip(reference, current).map { $0 + $1 }
    pool = pooled.enumerated().flatMap { repeatElement(UInt32($0.offset), count: Int($0.element)) }
    let sizes = (reference.reduce(0, +), current.reduce(0, +))
    dealsCurrent = sizes.1 <= sizes.0
    dealt = Int(min(sizes.0, sizes.1))
    self.generator = generator
  }

  /// `rows` draws more.
  package mutating func draw(_ rows: Int) -> ResampledCounts {
    ResampledCounts(rows, of: pooled, dealsCurrent: dealsCurrent) { deal(into: &$0, at: $1) }
  }

  /// The first steps of Fisher and Yates' shuffle; from any order of the pool they give a uniform subset.
  private mutating func deal(into counts: inout [Int64], at start: Int) {
    let dealt = dealt
    pool.withUnsafeMutableBufferPointer { pool in
      for place in 0..<dealt {
        let other = place + Int(generator.next(below: UInt64(pool.count - place)))
        pool.swapAt(place, other)
        counts[start + Int(pool[place])] += 1
      }
    }
  }
}

/// Counts of both sides for many draws.
package struct ResampledCounts: Sendable {
  /// Shape: B x K, row-major.
  package var reference: [Int64]
  package var current: [Int64]

  /// Deals out `pooled` in each of `rows`: `deal` adds the one side to the counts from a place on, and the other has the
  /// rest.
  init(_ rows: Int, of pooled: [Int64], dealsCurrent: Bool, _ deal: (inout [Int64], Int) -> Void) {
    let bins = pooled.count
    var dealt = [Int64](repeating: 0, count: rows * bins)
    var rest: [Int64] = []
    rest.reserveCapacity(rows * bins)
    for row in 0..<rows {
      deal(&dealt, row * bins)
      for bin in 0..<bins { rest.append(pooled[bin] - dealt[row * bins + bin]) }
    }
    (reference, current) = dealsCurrent ? (rest, dealt) : (dealt, rest)
  }

  package init(reference: [Int64], current: [Int64]) {
    self.reference = reference
    self.current = current
  }
}
