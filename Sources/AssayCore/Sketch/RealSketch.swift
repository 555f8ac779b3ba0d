/// What is kept of reals: moments, extremes, and a log-linear histogram.
///
/// *Merge law*: sums are exact, extremes are order free (zeros count as +0), and so is the histogram.
package struct RealSketch: Sendable {
  /// Every value observed, NaN and infinities included.
  package private(set) var count: Int64 = 0
  /// The least and the greatest finite value; +inf and -inf while there is none.
  package private(set) var minimum = Double.infinity
  package private(set) var maximum = -Double.infinity
  /// Over the finite values.
  package private(set) var sum = ExactSum(.first)
  package private(set) var sumOfSquares = ExactSum(.second)
  package private(set) var histogram: LogLinearHistogram

  package init(scale: SketchScale) { histogram = LogLinearHistogram(scale: scale) }

  /// Counts `value`.
  package mutating func observe(_ value: Double) {
    count &+= 1
    histogram.observe(value)
    guard value.isFinite else { return }
    // Adding +0 turns -0 into +0 and changes nothing else.
    minimum = min(minimum, value + 0)
    maximum = max(maximum, value + 0)
    sum.add(value)
    sumOfSquares.add(value)
  }

  /// Adds what `other` has observed.
  package mutating func merge(_ other: RealSketch) {
    count &+= other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    sum.merge(other.sum)
    sumOfSquares.merge(other.sumOfSquares)
    histogram.merge(other.histogram)
  }

  /// The number of finite values.
  package var finiteCount: Int64 {
    count &- histogram.nanCount &- histogram.positiveInfinityCount &- histogram.negativeInfinityCount
  }
}

extension RealSketch: JSONSketch {
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("count", count)
    if minimum <= maximum {
      writer.name("min")
      writer.real(minimum)
      writer.name("max")
      writer.real(maximum)
    }
    writer.sums(sum, sumOfSquares)
    writer.sketch("histogram", histogram)
    writer.endObject()
  }

  package init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError) {
    var members = try JSONMembers(&reader)
    count = try members.count("count", &reader)
    if try members.has("min", &reader) {
      minimum = try reader.real()
      try members.require("max", &reader)
      maximum = try reader.real()
      guard minimum <= maximum else { throw reader.error("a minimum above the maximum") }
    }
    (sum, sumOfSquares) = try members.sums(&reader)
    try members.require("histogram", &reader)
    histogram = try LogLinearHistogram(from: &reader, scale: scale)
    try members.end(&reader)
  }
}
