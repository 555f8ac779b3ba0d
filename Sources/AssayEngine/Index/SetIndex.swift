package import AssayCore
package import AssayIngest

/// The index of a set, as `--index` kept it: which keys, contents and pHashes the set has.
///
/// The file is mapped and never copied; it must not be shortened meanwhile, and `--index` replaces files whole. Every
/// answer is exact. *Complexity*: opening reads the file once, to see that it ascends.
package final class SetIndex: Sendable {
  /// The file, in the user's words.
  package let path: String
  private let header: SetIndexHeader
  private let mapping: IndexBytes
  /// Keys and contents of the set, ascending.
  package let keys: DigestSection
  package let contents: DigestSection
  /// The pHashes of the set, ascending.
  package let pHashes: NearHashes

  /// Maps a file; what finds near hashes in it is in `memory`.
  ///
  /// *Throws*: `SourceError` with the place where it is not an index, or not one of this hash key; `OutputError` where there
  /// is no room.
  package init(path: String, hashKey: HashKey = .published, _ memory: IndexMemory) throws {
    self.path = path
    mapping = try IndexBytes(path: path)
    do {
      let (header, length) = try SetIndexHeader.read(mapping.bytes)
      guard header.hashKeyID == hashKey.id else {
        throw IndexFault("made under the hash key \(header.hashKeyID), expected \(hashKey.id) (--hash-key)")
      }
      self.header = header
      let contentsStart = length + header.keyCount * SetIndexHeader.digestBytes
      let pHashesStart = contentsStart + header.contentCount * SetIndexHeader.digestBytes
      keys = try DigestSection(mapping, from: length, count: header.keyCount)
      contents = try DigestSection(mapping, from: contentsStart, count: header.contentCount)
      pHashes = try NearHashes(mapping, from: pHashesStart, count: header.pHashCount, memory)
    } catch let error as IndexFault {
      throw SourceError(source: path, reason: error.reason)
    }
  }

  /// The records of the set; keys, contents and pHashes count once each.
  package var recordCount: Int { header.recordCount }

  /// What decoded the set: pHashes of another decoder may differ in a bit or two.
  package var decoderSignature: String { header.decoderSignature }

  /// The fingerprint that a profile of the same records has.
  package var fingerprint: Fingerprint { header.fingerprint }

  /// Whether a record of the set has that key.
  package func hasKey(_ key: RecordKey) -> Bool { keys.contains(Digest80(key: key.bytes)) }

  /// Whether a record of the set has that content (`Observation.contentDigest`).
  package func hasContent(_ digest: [UInt8]) -> Bool {
    digest.count == 32 && contents.contains(Digest80(digest))
  }
}

/// Digests of an index file, ascending.
package struct DigestSection: RandomAccessCollection, Sendable {
  private let mapping: IndexBytes
  private let start: Int
  package let endIndex: Int
  package var startIndex: Int { 0 }

  init(_ mapping: IndexBytes, from start: Int, count: Int) throws(IndexFault) {
    (self.mapping, self.start, endIndex) = (mapping, start, count)
    if let index = firstDisorder {
      throw IndexFault("byte \(start + index * SetIndexHeader.digestBytes): digests do not ascend")
    }
  }

  package subscript(position: Int) -> Digest80 {
    precondition(indices.contains(position), "no digest \(position) of \(endIndex)")
    let offset = start + position * SetIndexHeader.digestBytes
    let high = mapping.bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let low = mapping.bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt16.self)
    return Digest80(high: UInt64(bigEndian: high), low: UInt64(UInt16(bigEndian: low)) << 48)
  }

  /// Whether the digest is there. *Complexity*: O(log n).
  package func contains(_ digest: Digest80) -> Bool {
    let index = firstIndex(notBefore: digest)
    return index < endIndex && self[index] == digest
  }
}

extension RandomAccessCollection where Element: SetElement, Index == Int {
  /// The first element that is not greater than the one before it; nil if all ascend strictly.
  var firstDisorder: Int? { indices.dropFirst().first { self[$0] <= self[$0 - 1] } }

  /// The first index whose element is not smaller, in an ascending collection. *Complexity*: O(log n).
  func firstIndex(notBefore element: Element) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
