/// The records of one view of a feature in the form in which their labels are exchanged.
package struct ResampleBasis: Sendable {
  private enum Draws: Sendable {
    case counts(PermutedCounts)
    case images(PermutedImages)
  }

  /// Both sides on common bins, thinned where there are very many records.
  package let counts: ComparedCounts
  package let isThinned: Bool
  private var draws: Draws

  /// The most bins a test is calibrated on.
  package static let mostBins = 64

  /// Records in bins.
  package init(_ counts: ComparedCounts, _ generator: ResampleGenerator) {
    var generator = generator
    var thinned = counts
    thinned.reference = CountThinning.thinned(counts.reference, to: CountThinning.limit, &generator)
    thinned.current = CountThinning.thinned(counts.current, to: CountThinning.limit, &generator)
    isThinned = thinned != counts
    self.counts = thinned
    draws = .counts(PermutedCounts(reference: thinned.reference, current: thinned.current, generator))
  }

  /// Images, each with counts of its own.
  package init(_ images: SampledImages, _ generator: ResampleGenerator) {
    counts = images.counts
    isThinned = false
    draws = .images(PermutedImages(images.reference, images.current, generator))
  }

  /// `rows` draws more.
  package mutating func draw(_ rows: Int) -> ResampledCounts {
    switch draws {
    case .counts(var counts):
      defer { draws = .counts(counts) }
      return counts.draw(rows)
    case .images(var images):
      defer { draws = .images(images) }
      return images.draw(rows)
    }
  }
}
