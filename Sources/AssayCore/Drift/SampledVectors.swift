/// Vectors of sampled records on both sides: what comparators of samples are asked of.
package struct SampledVectors: Sendable, Hashable {
  /// Rows of both sides, the reference's first. Shape: (n + m) x d, row-major.
  package var rows: [Double]
  package var dimensions: Int
  /// n and m.
  package var referenceCount: Int
  package var currentCount: Int

  /// The vectors that `vector` finds in the rows of two profiles that are on one side only, all of one length; nil where
  /// a side has none.
  package init?(_ reference: Profile, _ current: Profile, _ vector: (SampleRow) -> [Double]?) {
    let (left, right) = (reference.sample.rows, current.sample.rows)
    let shared = Set(left.map(\.contentHash)).intersection(right.map(\.contentHash))
    func vectors(_ rows: [SampleRow]) -> [[Double]] {
      rows.filter { !shared.contains($0.contentHash) }.compactMap(vector).filter {
        !$0.isEmpty && $0.allSatisfy(\.isFinite)
      }
    }
    let sides = (vectors(left), vectors(right))
    guard let length = sides.0.first?.count, !sides.1.isEmpty,
      (sides.0 + sides.1).allSatisfy({ $0.count == length })
    else { return nil }
    // A sample is in the order of a hash: its first rows are a sample themselves.
    let kept = (sides.0, sides.1.prefix(Self.mostCurrent))
    rows = (kept.0 + kept.1).flatMap { $0 }
    dimensions = length
    (referenceCount, currentCount) = (kept.0.count, kept.1.count)
  }

  /// The most rows of the current side: the cost of a labelling is their square.
  package static let mostCurrent = 1024

  /// How far the mean vector moved, in the unit of the vectors.
  var movement: String {
    let sides = (mean(0..<referenceCount), mean(referenceCount..<referenceCount + currentCount))
    let distance = zip(sides.0, sides.1).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    return "mean vector moved by \(DisplayNumber.text(distance)) in \(dimensions) dimensions"
  }

  private func mean(_ range: Range<Int>) -> [Double] {
    var sums = [Double](repeating: 0, count: dimensions)
    for row in range {
      for column in 0..<dimensions { sums[column] += rows[row * dimensions + column] }
    }
    return sums.map { $0 / Double(range.count) }
  }
}

/// Labels of sampled vectors, exchanged at random.
package struct PermutedLabels: Sendable {
  private var labels: [UInt8]
  private let truth: [UInt8]
  private var generator: ResampleGenerator

  package init(_ vectors: SampledVectors, _ generator: ResampleGenerator) {
    truth =
      [UInt8](repeating: 0, count: vectors.referenceCount)
      + [UInt8](repeating: 1, count: vectors.currentCount)
    labels = truth
    self.generator = generator
  }

  /// The labels as they are, 1 for the current side, and `count` draws more. Shape: (1 + count) x (n + m), row-major.
  package mutating func draw(_ count: Int) -> [UInt8] {
    var all = truth
    all.reserveCapacity((count + 1) * labels.count)
    for _ in 0..<count {
      for place in labels.indices.dropLast() {
        labels.swapAt(place, place + Int(generator.next(below: UInt64(labels.count - place))))
      }
      all += labels
    }
    return all
  }
}

extension SampledVectors {
  /// Thumbnails of the default image: 8 x 8 x 3 code values.
  package static func thumbnails(_ reference: Profile, _ current: Profile) -> SampledVectors? {
    SampledVectors(reference, current) { $0.thumbnail.map(Double.init) }
  }

  /// A field of vectors, as samples keep it: projected to at most 32 numbers.
  package static func field(_ name: String, _ reference: Profile, _ current: Profile) -> SampledVectors? {
    SampledVectors(reference, current) { row in
      guard case .vector(let vector)? = row.fields.first(where: { $0.name == name })?.value else {
        return nil
      }
      return vector
    }
  }
}
