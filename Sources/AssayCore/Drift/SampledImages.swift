/// Pixel counts of single images on both sides: what pixel histograms are calibrated on.
package struct SampledImages: Sendable {
  /// Shape: images x K.
  package var reference: [[Int64]]
  package var current: [[Int64]]

  /// Which pixels are counted.
  package enum Content: Sendable, Hashable {
    /// Sixteen bins of one channel: 0 red, 1 green, 2 blue.
    case channel(Int)
    /// Sixteen bins of each of the three.
    case channels
    /// Thirty-two bins of red less blue, of the 8 x 8 thumbnail: what exchanged channels turn round.
    case redBlue
  }

  /// The images of the sampled records; nil where a side has none.
  package init?(_ content: Content, _ rows: SampledRows) {
    self.reference = Self.images(rows.reference, content)
    self.current = Self.images(rows.current, content)
    guard !self.reference.isEmpty, !self.current.isEmpty else { return nil }
  }

  private static func images(_ rows: [SampleRow], _ content: Content) -> [[Int64]] {
    rows.map { counts($0, content) }.filter { !$0.isEmpty }
  }

  private static func counts(_ row: SampleRow, _ content: Content) -> [Int64] {
    switch content {
    case .channel(let channel):
      row.histogram.isEmpty ? [] : row.histogram[16 * channel..<16 * channel + 16].map(Int64.init)
    case .channels: row.histogram.map(Int64.init)
    case .redBlue: redBlue(row.thumbnail)
    }
  }

  private static func redBlue(_ thumbnail: [UInt8]) -> [Int64] {
    guard !thumbnail.isEmpty else { return [] }
    var counts = [Int64](repeating: 0, count: 32)
    for pixel in stride(from: 0, to: thumbnail.count, by: 3) {
      counts[(Int(thumbnail[pixel]) - Int(thumbnail[pixel + 2]) + 256) >> 4] += 1
    }
    return counts
  }

  /// The sums over images, as categories: bins of several channels have no common order.
  package var counts: ComparedCounts {
    let bins = reference[0].count
    return ComparedCounts(
      reference: PermutedImages.sum(reference, bins), current: PermutedImages.sum(current, bins))
  }
}
