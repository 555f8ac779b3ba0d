import AssayCore

/// Perceptual hashes of an index, ascending, and those that differ from a given one in few bits.
///
/// Multi-index hashing: of four 16-bit bands, one differs in at most a quarter of the bits that the whole differs in, so
/// looking up each band and its near neighbours finds every hash within the radius, and nothing is missed. The hashes
/// of each band are found by a permutation that is built when the file is opened.
///
/// Source: Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space With Multi-Index Hashing", IEEE TPAMI 36(6),
/// 2014, doi:10.1109/TPAMI.2013.231.
package struct NearHashes: RandomAccessCollection, Sendable {
  private let mapping: IndexBytes
  private let start: Int
  package let endIndex: Int
  package var startIndex: Int { 0 }
  private let bands: [Band]

  /// The largest radius that is looked up by bands; beyond it every hash is compared.
  static let largestBandedRadius = 11

  /// *Memory*: 16 bytes a hash, and 1 MiB. Throws if the hashes do not ascend.
  init(_ mapping: IndexBytes, from start: Int, count: Int) throws(IndexFault) {
    (self.mapping, self.start, endIndex) = (mapping, start, count)
    bands = (0..<4).map { Band($0, count: count, Self.hashes(mapping, start)) }
    if let index = firstDisorder { throw IndexFault("byte \(start + index * 8): pHashes do not ascend") }
  }

  /// The hashes of a set that was gathered in this run.
  package init(_ pHashes: ExactSet<UInt64>, _ memory: IndexMemory) throws(OutputError) {
    let bytes = try IndexBytes(pHashes, memory)
    (mapping, start, endIndex) = (bytes, 0, pHashes.count)
    bands = (0..<4).map { Band($0, count: pHashes.count, Self.hashes(bytes, 0)) }
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
    for band in bands {
      for flips in Band.flips(atMost: radius / bands.count) {
        for position in band.positions(of: band.word(of: hash) ^ flips) { body(self[Int(position)]) }
      }
    }
  }
}

/// Where the hashes with a given 16-bit word at one place are.
private struct Band: Sendable {
  private let shift: Int
  /// By word: where its positions begin. One more than there are words.
  private let starts: [UInt32]
  private let places: [UInt32]

  init(_ number: Int, count: Int, _ hash: (Int) -> UInt64) {
    let shift = 48 - 16 * number
    var starts = [UInt32](repeating: 0, count: (1 << 16) + 1)
    for index in 0..<count { starts[Int(hash(index) >> shift & 0xFFFF) + 1] += 1 }
    for word in 0..<1 << 16 { starts[word + 1] += starts[word] }
    var next = starts
    var places = [UInt32](repeating: 0, count: count)
    for index in 0..<count {
      let word = Int(hash(index) >> shift & 0xFFFF)
      places[Int(next[word])] = UInt32(index)
      next[word] += 1
    }
    (self.shift, self.starts, self.places) = (shift, starts, places)
  }

  func word(of hash: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: hash >> shift) }

  func positions(of word: UInt16) -> ArraySlice<UInt32> {
    places[Int(starts[Int(word)])..<Int(starts[Int(word) + 1])]
  }

  /// All words of at most so many bits, at most two.
  static func flips(atMost bits: Int) -> [UInt16] {
    let single = bits > 0 ? (0..<16).map { UInt16(1) << $0 } : []
    let double =
      bits > 1 ? (0..<16).flatMap { high in (0..<high).map { UInt16(1) << high | UInt16(1) << $0 } } : []
    return [0] + single + double
  }
}
