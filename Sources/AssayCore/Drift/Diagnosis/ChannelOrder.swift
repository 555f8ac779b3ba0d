/// Whether red and blue of the current set look like blue and red of the reference.
struct ChannelOrder: Sendable, Hashable {
  var isExchanged: Bool

  /// Nil where a side has no pixels.
  init?(_ reference: Profile, _ current: Profile) {
    guard let left = reference.whole.images["image"]?.pixels.redBlue,
      let right = current.whole.images["image"]?.pixels.redBlue, left.count == 256, right.count == 256
    else { return nil }
    // Red is the slower index: the transposed table is that of exchanged channels.
    let turned = left.indices.map { left[$0 % 16 * 16 + $0 / 16] }
    isExchanged = Self.distance(turned, right) < 0.5 * Self.distance(left, right)
  }

  /// Total variation. Range: [0, 1].
  private static func distance(_ left: [Int64], _ right: [Int64]) -> Double {
    let totals = (Double(max(1, left.reduce(0, +))), Double(max(1, right.reduce(0, +))))
    return zip(left, right).reduce(0) { $0 + abs(Double($1.0) / totals.0 - Double($1.1) / totals.1) } / 2
  }
}
