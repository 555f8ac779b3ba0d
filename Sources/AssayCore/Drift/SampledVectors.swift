/// Vectors of sampled records on both sides: what comparators of samples are asked of.
package struct SampledVectors: Sendable, Hashable {
  /// Rows of both sides, the reference's first. Shape: (n + m) x d, row-major.
  package var rows: [Double]
  package var dimensions: Int
  /// n and m.
  package var referenceCount: Int
  package var currentCount: Int

  /// The vectors that `vector` finds in the rows, of the length that most have in the reference: lengths are a view of
  /// their own. Nil where a side has none.
  private init?(_ sampled: SampledRows, _ vector: (SampleRow) -> [Double]?) {
    let all = (sampled.reference.compactMap(vector), sampled.current.compactMap(vector))
    guard let length = Self.usualLength(all.0) else { return nil }
    let sides = (all.0.filter { $0.count == length }, all.1.filter { $0.count == length })
    guard !sides.0.isEmpty, !sides.1.isEmpty else { return nil }
    // A sample is in the order of a hash: its first rows are a sample themselves.
    let kept = (sides.0, sides.1.prefix(Self.mostCurrent))
    rows = (kept.0 + kept.1).flatMap { $0 }
    dimensions = length
    (referenceCount, currentCount) = (kept.0.count, kept.1.count)
  }

  /// The length that most vectors have; of equals the smallest.
  private static func usualLength(_ vectors: [[Double]]) -> Int? {
    Dictionary(vectors.map { ($0.count, 1) }, uniquingKeysWith: +).max {
      ($0.value, -$0.key) < ($1.value, -$1.key)
    }?
    .key
  }

  /// How many sampled vectors of a field have each length, and how many no direction; nil where all are alike.
  static func lengths(_ field: String, _ sampled: SampledRows) -> ComparedFeature.Tally? {
    func counts(_ rows: [SampleRow]) -> [String: Int64] {
      let kinds = rows.compactMap { Self.vector(field, $0) }.map { vector in
        Self.hasDirection(vector) ? counted(vector.count, "number") : "zeros, or not finite"
      }
      return Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +)
    }
    let sides = (counts(sampled.reference), counts(sampled.current))
    let names = Set(sides.0.keys).union(sides.1.keys).sorted()
    guard names.count > 1 else { return nil }
    return ComparedFeature.Tally(
      names: names, reference: names.map { sides.0[$0] ?? 0 }, current: names.map { sides.1[$0] ?? 0 })
  }

  /// The most rows of the current side: the cost of a labelling is their square.
  package static let mostCurrent = 1024

  /// How far the mean vector moved, in the unit of what is compared: directions of embeddings, code values of pixels.
  var movement: String {
    let sides = (mean(0..<referenceCount), mean(referenceCount..<referenceCount + currentCount))
    let distance = zip(sides.0, sides.1).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    return "mean vector moved by \(DisplayNumber.text(distance)) in \(counted(dimensions, "dimension"))"
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
  static func thumbnails(_ sampled: SampledRows) -> SampledVectors? {
    SampledVectors(sampled) { $0.thumbnail.isEmpty ? nil : $0.thumbnail.map(Double.init) }
  }

  /// The directions of a field of vectors.
  static func field(_ name: String, _ sampled: SampledRows) -> SampledVectors? {
    SampledVectors(sampled) { row in vector(name, row).flatMap { hasDirection($0) ? $0 : nil } }
  }

  /// Samples keep zeros of a vector that is zero, or that has a number that is not finite.
  private static func hasDirection(_ vector: [Double]) -> Bool { vector.contains { $0 != 0 } }

  /// What a row keeps of the field: a unit vector, projected to at most 32 numbers.
  private static func vector(_ field: String, _ row: SampleRow) -> [Double]? {
    guard case .vector(let vector)? = row.fields.first(where: { $0.name == field })?.value else { return nil }
    return vector.map { $0 / 4096 }
  }
}
