/// Two sides of images whose labels are exchanged at random, image by image: the pixels of one image are not independent
/// of each other, so a test that exchanged pixels would always alarm.
package struct PermutedImages: Sendable {
  /// Counts of each image. Shape: (n + m) x K, row-major, the reference's images first.
  private let counts: [Int64]
  private let bins: Int
  private let pooled: [Int64]
  private var order: [Int]
  private let dealt: Int
  private let dealsCurrent: Bool
  private var generator: ResampleGenerator

  /// The images of both sides, each with its counts.
  package init(_ reference: [[Int64]], _ current: [[Int64]], _ generator: ResampleGenerator) {
    let images = reference + current
    bins = images.first?.count ?? 0
    counts = images.flatMap { $0 }
    pooled = Self.sum(images, bins)
    order = Array(images.indices)
    dealsCurrent = current.count <= reference.count
    dealt = min(reference.count, current.count)
    self.generator = generator
  }

  /// The sum over images, bin by bin.
  package static func sum(_ images: [[Int64]], _ bins: Int) -> [Int64] {
    images.reduce(into: [Int64](repeating: 0, count: bins)) { sum, image in
      for bin in 0..<bins { sum[bin] += image[bin] }
    }
  }

  /// `rows` draws more.
  package mutating func draw(_ rows: Int) -> ResampledCounts {
    ResampledCounts(rows, of: pooled, dealsCurrent: dealsCurrent) { deal(into: &$0, at: $1) }
  }

  private mutating func deal(into sums: inout [Int64], at start: Int) {
    let bins = bins
    for place in 0..<dealt {
      order.swapAt(place, place + Int(generator.next(below: UInt64(order.count - place))))
      let first = order[place] * bins
      for bin in 0..<bins { sums[start + bin] += counts[first + bin] }
    }
  }
}
