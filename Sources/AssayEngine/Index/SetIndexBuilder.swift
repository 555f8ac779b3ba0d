package import AssayCore
import AssayIngest

/// The exact indexes of a run: what was seen before, and what `--index` keeps.
package final class SetIndexBuilder {
  private let keys: ExactSet<Digest80>
  private let contents: ExactSet<Digest80>
  /// Nil where the index is not kept: no rule asks for pHashes.
  private let pHashes: ExactSet<UInt64>?
  private var recordCount = 0

  /// Indexes that share `memory`; `isKept` if they are to be written.
  package init(_ memory: IndexMemory, isKept: Bool) throws(OutputError) {
    keys = try ExactSet(memory)
    contents = try ExactSet(memory)
    pHashes = isKept ? try ExactSet(memory) : nil
  }

  /// What a record repeats of earlier ones.
  package struct Repetition: Sendable, Hashable {
    package var ofKey: Bool
    package var ofContent: Bool
  }

  /// Adds a record. A row that cannot be read has no key of its own, only a place, and no content.
  package func add(_ observation: Observation) throws(OutputError) -> Repetition {
    recordCount += 1
    var repetition = Repetition(ofKey: false, ofContent: false)
    if observation.contentDigest.count == 32 {
      repetition.ofContent = try !contents.insert(Digest80(observation.contentDigest))
    }
    if !observation.isUnreadableRow {
      repetition.ofKey = try !keys.insert(Digest80(key: observation.key.bytes))
    }
    if let pHashes, let image = observation.images.first, image.outcome == .ok, let pixels = image.pixels {
      _ = try pHashes.insert(pixels.pHash)
    }
    return repetition
  }

  /// Writes what was added as one sorted file, whole or not at all. `fingerprint` is that of the set's profile.
  package func write(
    to path: String, decoderSignature: String, hashKey: HashKey = .published, fingerprint: Fingerprint
  ) throws(OutputError) {
    let header = SetIndexHeader(
      recordCount: recordCount, keyCount: keys.count, contentCount: contents.count,
      pHashCount: pHashes?.count ?? 0, hashKeyID: hashKey.id, decoderSignature: decoderSignature,
      fingerprint: fingerprint)
    let file = try AtomicFile(path: path)
    try file.write(header.encoded())
    for set in [keys, contents] {
      try set.forEachRun { (run) throws(OutputError) in try file.write(run.flatMap(\.bytes)) }
    }
    try pHashes?.forEachRun { (run) throws(OutputError) in
      try file.write(run.flatMap { hash in withUnsafeBytes(of: hash.littleEndian) { Array($0) } })
    }
    try file.commit()
  }
}

extension Observation {
  /// Whether it stands for a row of a manifest that could not be read: its key is its place.
  var isUnreadableRow: Bool { findings.contains { $0.code == ReadingCode.malformedRow.rawValue } }
}

extension Digest80 {
  /// 10 bytes, the highest first.
  fileprivate var bytes: [UInt8] {
    withUnsafeBytes(of: prefix.bigEndian) { Array($0) } + withUnsafeBytes(of: suffix.bigEndian) { Array($0) }
  }
}
