/// One metric of a set and of its slices.
package struct MetricCounts: Sendable, Hashable {
  /// One slice.
  package struct Slice: Sendable, Hashable {
    package var name: String
    package var tally: MetricTally
    /// Below it the slice is not judged, as its declaration says.
    package var minRecords: Int

    package init(name: String, tally: MetricTally, minRecords: Int = 0) {
      self.name = name
      self.tally = tally
      self.minRecords = minRecords
    }
  }

  package var whole: MetricTally
  /// In the order of their declarations, then by name.
  package var slices: [Slice] = []
  /// Declarations by value that have more slices than are kept.
  package var partial: [String] = []

  package init(whole: MetricTally, slices: [Slice] = []) {
    self.whole = whole
    self.slices = slices
  }
}
