/// In how many matched records a feature disagrees, and by how much.
package struct SkewFinding: Sendable, Hashable {
  /// Where a feature comes from, in the order in which a reader should look: causes before what follows from them.
  package enum Origin: Int, Sendable, Hashable, CaseIterable {
    /// Fields and measurements.
    case field
    /// Bytes and headers of images.
    case header
    /// Pixels of images.
    case pixels
  }

  /// The full name.
  package var feature: String
  package var origin: Origin
  /// The feature's unit; empty where it has none.
  package var unit: String
  package var tolerance: SkewTolerance
  /// Matched records, without those of which a side keeps the value to itself.
  package var compared: Int
  /// Records with two values that are not the same.
  package var differing: Int
  /// Records with a value in the current set alone.
  package var missingInReference: Int
  /// Records with a value in the reference alone.
  package var missingInCurrent: Int
  /// Of the numbers that are not the same: half of them are at most so far apart, within 1 %. Nil where no two numbers
  /// differ.
  package var medianDistance: Double?
  /// The largest of these distances.
  package var largestDistance: Double?
  /// The disagreeing records with the smallest digests.
  package var examples: [SkewExample]

  /// Records that disagree, for any reason.
  package var disagreeing: Int { differing + missingInReference + missingInCurrent }

  /// Where the share lies of which these records are a sample, at 95 %; nil if none was compared.
  package var interval: WilsonInterval? {
    compared > 0 ? WilsonInterval(hits: disagreeing, of: compared) : nil
  }

  /// What a reader should look at first: what disagrees in most records, then by name.
  package func isBefore(_ other: SkewFinding) -> Bool {
    disagreeing == other.disagreeing
      ? ExactText(feature) < ExactText(other.feature) : disagreeing > other.disagreeing
  }
}
