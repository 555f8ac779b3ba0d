import AssayCore

/// Perceptual hashes of an index, ascending, and those that differ from a given one in few bits.
///
/// Multi-index hashing: of four 16-bit bands, one differs in at most a quarter of the bits that the whole differs in, so
/// looking up each band and its near neighbours finds every hash within the radius, and nothing is missed. The hashes
/// of each band are found by a table that is built when the file is opened (`NearBands`).
///
/// Source: Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space With Multi-Index Hashing", IEEE TPAMI 36(6),
/// 2014, doi:10.1109/TPAMI.2013.231.
package struct NearHashes: RandomAccessCollection, Sendable {
  private let mapping: IndexBytes
  private let start: Int
  package let endIndex: Int
  package var startIndex: Int { 0 }
  private let bands: NearBands

  /// The largest radius that is looked up by bands; beyond it every hash is compared.
  static let largestBandedRadius = 11

  /// *Throws*: `IndexFault` if the hashes do not ascend, `OutputError` if there is no room to find them.
  init(_ mapping: IndexBytes, from start: Int, count: Int, _ memory: IndexMemory) throws {
    (self.mapping, self.start, endIndex) = (mapping, start, count)
    bands = try NearBands(count, memory, Self.hashes(mapping, start))
    if let index = firstDisorder { throw IndexFault("byte \(start + index * 8): pHashes do not ascend") }
  }

  /// The hashes of a set that was gathered in this run.
  package init(_ pHashes: ExactSet<UInt64>, _ memory: IndexMemory) throws(OutputError) {
    let bytes = try IndexBytes(pHashes, memory)
    (mapping, start, endIndex) = (bytes, 0, pHashes.count)
    bands = try NearBands(pHashes.count, memory, Self.hashes(bytes, 0))
  }

  private static func hashes(_ mapping: IndexBytes, _ start: Int) -> (Int) -> UInt64 {
    { UInt64(littleEndian: mapping.bytes.loadUnaligned(fromByteOffset: start + $0 * 8, as: UInt64.self)) }
  }

  package subscript(position: Int) -> UInt64 {
    precondition(indices.contains(position), "no hash \(position) of \(endIndex)")
    return Self.hashes(mapping, start)(position)
  }

  /// One hash that was found, and in how many bits it differs.
  package struct Neighbour: Sendable, Hashable {
    package var hash: UInt64
    package var distance: Int
  }

  /// All hashes that differ from `hash` in at most `radius` bits, the nearest first.
  ///
  /// *Complexity*: up to a radius of 3, 7 and 11 looks up 4, 68 and 548 lists of n / 65,536 hashes each, if hashes are
  /// spread evenly; beyond that all n are compared.
  package func neighbours(of hash: UInt64, within radius: Int) -> [Neighbour] {
    var found: Set<Neighbour> = []
    forEachCandidate(of: hash, within: radius) { candidate in
      let distance = (candidate ^ hash).nonzeroBitCount
      if distance <= radius { found.insert(Neighbour(hash: candidate, distance: distance)) }
    }
    return found.sorted { ($0.distance, $0.hash) < ($1.distance, $1.hash) }
  }

  private func forEachCandidate(of hash: UInt64, within radius: Int, _ body: (UInt64) -> Void) {
    guard radius <= Self.largestBandedRadius else { return forEach(body) }
    let flips = NearBands.flips(atMost: radius / NearBands.count)
    for band in 0..<NearBands.count {
      for flip in flips {
        bands.forEachPlace(band, of: NearBands.word(band, of: hash) ^ flip) { body(self[$0]) }
      }
    }
  }
}
