/// The numbers of one column in ascending buckets: what quantiles, bins and distances are read from.
package struct NumericDistribution: Sendable {
  /// How wide the buckets are.
  package enum Resolution: Sendable, Hashable {
    /// One integer each.
    case integers
    /// 1/64 of an octave, times 2^level.
    case logLinear(level: Int)
  }

  /// Numbers that are not told apart.
  package struct Bucket: Sendable, Hashable {
    /// The bucket's place among all buckets of its resolution.
    package var ordinal: Int64
    /// The least and the greatest number it can hold; equal where it holds one number only.
    package var lower: Double
    package var upper: Double
    package var count: Int64

    /// The number that stands for all of them.
    package var middle: Double { lower == upper ? lower : lower / 2 + upper / 2 }
  }

  package let resolution: Resolution
  /// Finite numbers, ascending.
  package let buckets: [Bucket]
  package let negativeInfinityCount: Int64
  package let positiveInfinityCount: Int64
  package let nanCount: Int64
  /// The least and the greatest finite number; +inf and -inf if there is none.
  package let minimum: Double
  package let maximum: Double

  /// Numbers that have a place in the order: all but NaN.
  package var count: Int64 {
    buckets.reduce(negativeInfinityCount &+ positiveInfinityCount) { $0 &+ $1.count }
  }

  /// The distribution of a column's integers and reals together; nil if it has neither.
  package init?(_ column: ColumnProfile) {
    guard column.integers != nil || column.reals != nil else { return nil }
    minimum = min(column.integers.map { Double($0.minimum) } ?? .infinity, column.reals?.minimum ?? .infinity)
    maximum = max(
      column.integers.map { Double($0.maximum) } ?? -.infinity, column.reals?.maximum ?? -.infinity)
    if column.reals == nil, let counts = column.integers?.exactCounts {
      resolution = .integers
      buckets = counts.map {
        Bucket(ordinal: $0.value, lower: Double($0.value), upper: Double($0.value), count: $0.count)
      }
      (negativeInfinityCount, positiveInfinityCount, nanCount) = (0, 0, 0)
      return
    }
    var histogram = column.reals?.histogram ?? LogLinearHistogram(scale: column.scale)
    if let integers = column.integers { histogram.merge(integers.asHistogram) }
    resolution = .logLinear(level: histogram.level)
    buckets = Self.buckets(of: histogram)
    negativeInfinityCount = histogram.negativeInfinityCount
    positiveInfinityCount = histogram.positiveInfinityCount
    nanCount = histogram.nanCount
  }

  private static func buckets(of histogram: LogLinearHistogram) -> [Bucket] {
    let level = histogram.level
    let negative = histogram.buckets(negative: true).reversed().map {
      bucket(ordinal: -Int64($0.key) - 1, count: $0.count, level: level)
    }
    let zero = histogram.zeroCount > 0 ? [bucket(ordinal: 0, count: histogram.zeroCount, level: level)] : []
    let positive = histogram.buckets(negative: false).map {
      bucket(ordinal: Int64($0.key) + 1, count: $0.count, level: level)
    }
    return negative + zero + positive
  }

  /// A log-linear bucket by its ordinal: 0 for zeros, key + 1 above, -(key + 1) below.
  private static func bucket(ordinal: Int64, count: Int64, level: Int) -> Bucket {
    if ordinal == 0 { return Bucket(ordinal: 0, lower: 0, upper: 0, count: count) }
    let bounds = LogLinearHistogram.bounds(key: Int32(ordinal.magnitude - 1), level: level)
    let last = bounds.upper.nextDown
    return ordinal > 0
      ? Bucket(ordinal: ordinal, lower: bounds.lower, upper: last, count: count)
      : Bucket(ordinal: ordinal, lower: -last, upper: -bounds.lower, count: count)
  }

  /// The buckets at a coarser resolution.
  private func buckets(at level: Int) -> [Bucket] {
    var merged: [Bucket] = []
    for bucket in buckets {
      let ordinal = ordinal(of: bucket, at: level)
      if merged.last?.ordinal == ordinal {
        merged[merged.count - 1].count &+= bucket.count
      } else {
        merged.append(Self.bucket(ordinal: ordinal, count: bucket.count, level: level))
      }
    }
    return merged
  }

  private func ordinal(of bucket: Bucket, at level: Int) -> Int64 {
    switch resolution {
    case .integers:
      guard let found = LogLinearHistogram.key(bucket.lower) else { return 0 }
      let key = Int64(found.key >> Int32(level)) + 1
      return found.isNegative ? -key : key
    case .logLinear(let own):
      if bucket.ordinal == 0 { return 0 }
      let key = Int64((bucket.ordinal.magnitude - 1) >> UInt64(level - own)) + 1
      return bucket.ordinal < 0 ? -key : key
    }
  }

  /// The counts of two distributions on common buckets, ascending; those of the coarser of the two.
  package static func aligned(
    _ reference: NumericDistribution, _ current: NumericDistribution
  ) -> [(bucket: Bucket, reference: Int64, current: Int64)] {
    let (left, right) = commonBuckets(reference, current)
    var result: [(bucket: Bucket, reference: Int64, current: Int64)] = []
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
      if j == right.count || (i < left.count && left[i].ordinal < right[j].ordinal) {
        result.append((left[i], left[i].count, 0))
        i += 1
      } else if i == left.count || right[j].ordinal < left[i].ordinal {
        result.append((right[j], 0, right[j].count))
        j += 1
      } else {
        result.append((left[i], left[i].count, right[j].count))
        i += 1
        j += 1
      }
    }
    return result
  }

  private static func commonBuckets(
    _ reference: NumericDistribution, _ current: NumericDistribution
  ) -> ([Bucket], [Bucket]) {
    if reference.resolution == .integers, current.resolution == .integers {
      return (reference.buckets, current.buckets)
    }
    let level = max(reference.level, current.level)
    return (reference.buckets(at: level), current.buckets(at: level))
  }

  private var level: Int { if case .logLinear(let level) = resolution { level } else { 0 } }

  /// The counts of many distributions on buckets that all of them share, ascending: those of the coarsest.
  ///
  /// *Shape*: one row for each distribution, one count for each bucket.
  package static func aligned(_ all: [NumericDistribution]) -> (buckets: [Bucket], rows: [[Int64]]) {
    let areIntegers = all.allSatisfy { $0.resolution == .integers }
    let level = all.map(\.level).max() ?? 0
    let coarse = all.map { areIntegers ? $0.buckets : $0.buckets(at: level) }
    var known: [Int64: Bucket] = [:]
    for bucket in coarse.joined() { known[bucket.ordinal] = bucket }
    let buckets = known.values.sorted { $0.ordinal < $1.ordinal }
    let places = Dictionary(uniqueKeysWithValues: buckets.enumerated().map { ($1.ordinal, $0) })
    let rows = coarse.map { own in
      own.reduce(into: [Int64](repeating: 0, count: buckets.count)) { row, bucket in
        if let place = places[bucket.ordinal] { row[place] &+= bucket.count }
      }
    }
    return (buckets, rows)
  }
}

extension NumericDistribution {
  /// The number below or at which a fraction `q` of all numbers lies (nearest rank: the ceil(q n)-th, at
  /// least the first); nil if there is none.
  ///
  /// *Accuracy*: exact for integers; otherwise within 2^-7 of the exact quantile, relative, at level 0.
  package func quantile(_ q: Double) -> Double? {
    precondition((0...1).contains(q), "a quantile of \(q)")
    let count = count
    guard count > 0 else { return nil }
    let rank = q == 1 ? count : max(1, Int64((q * Double(count)).rounded(.up)))
    var below = negativeInfinityCount
    if rank <= below { return -.infinity }
    for bucket in buckets {
      below &+= bucket.count
      if rank <= below { return min(max(bucket.middle, minimum), maximum) }
    }
    return .infinity
  }

  /// The largest share of all numbers in one bucket that holds more than one number: above 0.02 distances
  /// between distribution functions should be taken from the sample instead.
  package var largestUnresolvedShare: Double {
    let largest = buckets.lazy.filter { $0.lower != $0.upper }.map(\.count).max() ?? 0
    return count > 0 ? Double(largest) / Double(count) : 0
  }
}
