import AssayCore
import AssayIngest

/// Where the hashes with a given 16-bit word are, for each of the four words of a hash: 16 bytes a hash and 1 MiB, in the
/// run's memory up to its limit.
final class NearBands: Sendable {
  /// How many words a hash has.
  static let count = 4
  private static let wordCount = 1 << 16

  // Written by `init` alone.
  nonisolated(unsafe) private let room: IndexRoom
  /// Of each band: by word, where its places begin, and where those of the last end; then the places by word.
  nonisolated(unsafe) private let table: UnsafeMutableBufferPointer<UInt32>
  private let hashCount: Int

  /// Throws when neither memory nor disk has room.
  init(_ hashCount: Int, _ memory: IndexMemory, _ hash: (Int) -> UInt64) throws(OutputError) {
    self.hashCount = hashCount
    let byteCount = Self.count * (Self.wordCount + 1 + hashCount) * MemoryLayout<UInt32>.stride
    room = try IndexRoom(byteCount, memory)
    table = room.elements(of: UInt32.self)
    for band in 0..<Self.count { fill(band, hash) }
  }

  private func starts(_ band: Int) -> Int { band * (Self.wordCount + 1 + hashCount) }
  private func places(_ band: Int) -> Int { starts(band) + Self.wordCount + 1 }

  /// Sorts the places of hashes by their words, the smaller place first.
  private func fill(_ band: Int, _ hash: (Int) -> UInt64) {
    let (starts, places) = (starts(band), places(band))
    for index in 0..<hashCount { table[starts + Int(Self.word(band, of: hash(index))) + 1] += 1 }
    for word in 0..<Self.wordCount { table[starts + word + 1] += table[starts + word] }
    var next = Array(table[starts..<starts + Self.wordCount])
    for index in 0..<hashCount {
      let word = Int(Self.word(band, of: hash(index)))
      table[places + Int(next[word])] = UInt32(index)
      next[word] += 1
    }
  }

  /// The word of a hash that a band is of.
  static func word(_ band: Int, of hash: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: hash >> (48 - 16 * band))
  }

  /// Gives the place of each hash that has the word.
  func forEachPlace(_ band: Int, of word: UInt16, _ body: (Int) -> Void) {
    let (starts, places) = (starts(band) + Int(word), places(band))
    for place in table[starts]..<table[starts + 1] { body(Int(table[places + Int(place)])) }
  }

  /// All words of at most so many bits, at most two.
  static func flips(atMost bits: Int) -> [UInt16] {
    let single = bits > 0 ? (0..<16).map { UInt16(1) << $0 } : []
    let double =
      bits > 1 ? (0..<16).flatMap { high in (0..<high).map { UInt16(1) << high | UInt16(1) << $0 } } : []
    return [0] + single + double
  }
}
