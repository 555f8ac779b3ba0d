/// Upper bounds for the counts of single hashes: four rows of 4,096 counters, of which a hash raises one in each.
///
/// *Accuracy*: at most 2.72 / 4096 of the total above the truth, with probability 98 %; never below it.
///
/// *Merge law*: addition. (The tighter "conservative update" would depend on order.)
///
/// *Source*: Cormode and Muthukrishnan 2005, DOI 10.1016/j.jalgor.2003.12.001.
package struct CountMin: Sendable {
  /// All counters: 4 x 4096.
  package static let count = 4 * 4096

  /// Shape: 4 x 4096, row-major.
  package private(set) var counts: [Int64]

  package init() { counts = Array(repeating: 0, count: Self.count) }

  init(counts: [Int64]) { self.counts = counts }

  /// Counts a hash `count` times. Row r uses bits 12 r to 12 r + 11.
  package mutating func observe(hash: UInt64, count: Int64 = 1) {
    for row in 0..<4 { counts[Self.index(hash, row)] &+= count }
  }

  package mutating func merge(_ other: CountMin) {
    for index in counts.indices { counts[index] &+= other.counts[index] }
  }

  /// At least the number of times this hash was counted.
  package func upperBound(hash: UInt64) -> Int64 {
    (0..<4).map { counts[Self.index(hash, $0)] }.min() ?? 0
  }

  private static func index(_ hash: UInt64, _ row: Int) -> Int {
    row << 12 | Int(truncatingIfNeeded: hash >> UInt64(12 * row)) & 4095
  }
}
