/// What is kept of integers: moments, extremes, and how often each occurs.
///
/// Counts are exact while every value is within -4096...4096 and there are at most `scale.integerLimit` of them;
/// from then on they are a log-linear histogram.
///
/// *Merge law*: each of "within 4096" and "not too many distinct" is lost by a set as soon as one of its subsets
/// has lost it, and never regained, so which form the counts take is a function of the multiset. The exact counts
/// hold the multiset itself, and adding them to a histogram gives the histogram of the multiset.
package struct IntegerSketch: Sendable {
  /// The number of values.
  package private(set) var count: Int64 = 0
  package private(set) var minimum = Int64.max
  package private(set) var maximum = Int64.min
  package private(set) var sum = ExactSum(.first)
  package private(set) var sumOfSquares = ExactSum(.second)
  /// The histogram that has replaced the exact counts, if it has.
  package private(set) var histogram: LogLinearHistogram?
  private var exact = CountTable()
  private let scale: SketchScale

  /// The largest magnitude that is counted exactly.
  package static let exactMagnitude: Int64 = 4096

  package init(scale: SketchScale) { self.scale = scale }

  /// Counts `value`.
  package mutating func observe(_ value: Int64) {
    count &+= 1
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    sum.add(value)
    sumOfSquares.add(value)
    if histogram != nil {
      histogram?.observe(Double(value))
    } else if value.magnitude <= UInt64(Self.exactMagnitude) {
      exact.add(Int32(truncatingIfNeeded: value))
      if exact.count > scale.integerLimit { spill() }
    } else {
      spill()
      histogram?.observe(Double(value))
    }
  }

  /// Adds what `other` has observed.
  package mutating func merge(_ other: IntegerSketch) {
    count &+= other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    sum.merge(other.sum)
    sumOfSquares.merge(other.sumOfSquares)
    if let theirs = other.histogram {
      spill()
      histogram?.merge(theirs)
    } else if histogram != nil {
      other.exact.forEach { histogram?.observe(Double($0), count: $1) }
    } else {
      exact.merge(other.exact)
      if exact.count > scale.integerLimit { spill() }
    }
  }

  /// Values and their counts, ascending; nil once they are a histogram.
  package var exactCounts: [(value: Int64, count: Int64)]? {
    histogram == nil ? exact.sorted.map { (Int64($0.key), $0.count) } : nil
  }

  /// The counts as a histogram, whatever form they have.
  package var asHistogram: LogLinearHistogram {
    var copy = self
    copy.spill()
    return copy.histogram ?? LogLinearHistogram(scale: scale)
  }

  /// Replaces the exact counts by a histogram.
  private mutating func spill() {
    guard histogram == nil else { return }
    var spilled = LogLinearHistogram(scale: scale)
    exact.forEach { spilled.observe(Double($0), count: $1) }
    histogram = spilled
    exact = CountTable()
  }
}

extension IntegerSketch: JSONSketch {
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("count", count)
    if count > 0 {
      writer.name("min")
      writer.exactInteger(minimum)
      writer.name("max")
      writer.exactInteger(maximum)
    }
    writer.sums(sum, sumOfSquares)
    writer.packed("counts", exact.sorted)
    writer.sketch("histogram", histogram)
    writer.endObject()
  }

  package init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError) {
    self.init(scale: scale)
    var members = try JSONMembers(&reader)
    count = try members.count("count", &reader)
    if count > 0 {
      try members.require("min", &reader)
      minimum = try reader.exactInteger()
      try members.require("max", &reader)
      maximum = try reader.exactInteger(in: minimum ... .max)
    }
    (sum, sumOfSquares) = try members.sums(&reader)
    let keys = -Self.exactMagnitude...Self.exactMagnitude
    for entry in try members.packed("counts", &reader, keys: keys, limit: scale.integerLimit) {
      exact.add(Int32(entry.key), entry.count)
    }
    if try members.has("histogram", &reader) {
      guard exact.count == 0 else { throw reader.error("exact counts beside a histogram") }
      histogram = try LogLinearHistogram(from: &reader, scale: scale)
    }
    try members.end(&reader)
  }
}

extension JSONWriter {
  /// Writes the members `sum` and `squares`.
  mutating func sums(_ sum: ExactSum, _ squares: ExactSum) {
    name("sum")
    string(sum.text)
    name("squares")
    string(squares.text)
  }
}

extension JSONMembers {
  /// Reads the members `sum` and `squares`.
  mutating func sums(_ reader: inout JSONReader) throws(JSONError) -> (ExactSum, ExactSum) {
    (try sum(.first, "sum", &reader), try sum(.second, "squares", &reader))
  }

  private mutating func sum(
    _ power: ExactSum.Power, _ name: String, _ reader: inout JSONReader
  ) throws(JSONError) -> ExactSum {
    let text = try string(name, &reader)
    guard let sum = ExactSum(power, text: text) else { throw reader.error("expected an exact sum") }
    return sum
  }
}
