/// A histogram of reals whose buckets are 1/64 of an octave wide: the top bits of a Double as an index.
///
/// A bucket's key is `bits(|x|) >> 46`: exponent and six bits of the significand, one table for both signs.
/// Zeros of either sign and magnitudes below 2^-1022 (the subnormals) share a bucket of their own; NaN, +inf and
/// -inf have counters.
///
/// *Accuracy*: the middle of a value's bucket is within 2^-7 of it, relative, while `level` is 0; each level
/// doubles that.
///
/// *Merge law*: the state is a function of the multiset of values. Let d(L) be the number of distinct
/// (sign, key >> L). The level is the smallest L with d(L) <= limit. d grows with the set, so every subset's level
/// is at most the union's, and `(key >> a) >> b == key >> (a + b)`: raising subsets to the union's level gives
/// the buckets the union's values fall in, whatever was raised when.
///
/// *Source*: the idea is DDSketch (Masson, Rim and Lee 2019, DOI 10.14778/3352063.3352135) with uniform collapse
/// (UDDSketch, Epicoco et al. 2020); no logarithm is taken.
package struct LogLinearHistogram: Sendable {
  /// Bits of the significand in a key at level 0.
  package static let significandBits = 6

  /// Bits that have been dropped from every key.
  package private(set) var level = 0
  package private(set) var zeroCount: Int64 = 0
  package private(set) var nanCount: Int64 = 0
  package private(set) var positiveInfinityCount: Int64 = 0
  package private(set) var negativeInfinityCount: Int64 = 0
  private let scale: SketchScale
  /// Counts by `(key >> level) << 1 | isNegative`.
  private var buckets = CountTable()

  package init(scale: SketchScale) { self.scale = scale }

  /// The key of a value at level 0 and whether it is negative; nil for zeros, subnormals, NaN and infinities.
  package static func key(_ value: Double) -> (key: Int32, isNegative: Bool)? {
    guard value.isNormal else { return nil }
    let bits = value.magnitude.bitPattern >> UInt64(52 - significandBits)
    return (Int32(truncatingIfNeeded: bits), value.sign == .minus)
  }

  /// Counts `value`, `count` times.
  package mutating func observe(_ value: Double, count: Int64 = 1) {
    let bits = value.bitPattern
    let exponent = bits >> 52 & 0x7FF
    guard exponent != 0, exponent != 0x7FF else { return observeSpecial(value, count) }
    let key = (bits & 0x7FFF_FFFF_FFFF_FFFF) >> UInt64(52 - Self.significandBits + level)
    buckets.add(Int32(truncatingIfNeeded: key << 1 | bits >> 63), count)
    if buckets.count > scale.bucketLimit { raiseLevel(to: level + 1) }
  }

  /// Adds what `other` has counted.
  package mutating func merge(_ other: LogLinearHistogram) {
    zeroCount &+= other.zeroCount
    nanCount &+= other.nanCount
    positiveInfinityCount &+= other.positiveInfinityCount
    negativeInfinityCount &+= other.negativeInfinityCount
    if other.level > level { raiseLevel(to: other.level) }
    let drop = level - other.level
    if drop == 0 {
      buckets.merge(other.buckets)
    } else {
      buckets.merge(other.buckets.mapKeys { Self.dropping(drop, from: $0) })
    }
    if buckets.count > scale.bucketLimit { raiseLevel(to: level + 1) }
  }

  /// All values counted, NaN and infinities included.
  package var count: Int64 {
    var total = zeroCount &+ nanCount &+ positiveInfinityCount &+ negativeInfinityCount
    buckets.forEach { total &+= $1 }
    return total
  }

  private mutating func observeSpecial(_ value: Double, _ count: Int64) {
    if value.isNaN {
      nanCount &+= count
    } else if value == .infinity {
      positiveInfinityCount &+= count
    } else if value == -.infinity {
      negativeInfinityCount &+= count
    } else {
      zeroCount &+= count
    }
  }

  /// Raises the level to `target`, and further while there are too many buckets.
  private mutating func raiseLevel(to target: Int) {
    var target = target
    repeat {
      let drop = target - level
      buckets = buckets.mapKeys { Self.dropping(drop, from: $0) }
      level = target
      target += 1
    } while buckets.count > scale.bucketLimit
  }

  private static func dropping(_ bits: Int, from code: Int32) -> Int32 {
    (code >> (Int32(bits) + 1)) << 1 | (code & 1)
  }
}

extension LogLinearHistogram {
  /// Magnitudes at the current level and their counts, ascending, of the values of one sign.
  package func buckets(negative: Bool) -> [(key: Int32, count: Int64)] {
    buckets.sorted.filter { ($0.key & 1 == 1) == negative }.map { ($0.key >> 1, $0.count) }
  }

  /// The bounds of the magnitudes in bucket `key` of that level: lower inclusive, upper exclusive.
  package static func bounds(key: Int32, level: Int) -> (lower: Double, upper: Double) {
    let shift = UInt64(52 - significandBits + level)
    let least = Double.leastNormalMagnitude
    let lower = Double(bitPattern: UInt64(key) << shift)
    let upper = Double(bitPattern: min(UInt64(key + 1) << shift, Double.infinity.bitPattern))
    return (max(lower, least), upper)
  }
}

extension LogLinearHistogram: JSONSketch {
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("level", Int64(level))
    writer.count("zero", zeroCount)
    writer.count("nan", nanCount)
    writer.count("infinity", positiveInfinityCount)
    writer.count("minus_infinity", negativeInfinityCount)
    writer.packed("positive", buckets(negative: false))
    writer.packed("negative", buckets(negative: true))
    writer.endObject()
  }

  package init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError) {
    self.scale = scale
    var members = try JSONMembers(&reader)
    let start = reader.byteOffset
    level = Int(try members.count("level", &reader, upTo: 12))
    zeroCount = try members.count("zero", &reader)
    nanCount = try members.count("nan", &reader)
    positiveInfinityCount = try members.count("infinity", &reader)
    negativeInfinityCount = try members.count("minus_infinity", &reader)
    let range = Int64(64 >> level)...Int64((0x7FF << Self.significandBits - 1) >> level)
    for (name, sign) in [("positive", Int32(0)), ("negative", 1)] {
      for entry in try members.packed(name, &reader, keys: range, limit: scale.bucketLimit) {
        buckets.add(Int32(entry.key) << 1 | sign, entry.count)
      }
    }
    guard buckets.count <= scale.bucketLimit else { throw reader.error("too many buckets", at: start) }
    try members.end(&reader)
  }
}
