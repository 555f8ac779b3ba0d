/// Why two profiles must not be added.
package enum ProfileMergeError: Error, Sendable, Hashable {
  case hashKey(id: String, other: String)
  case decoderSignature(String, other: String)
  case features(difference: String)
  case definitions(String, other: String)
  case partition(Partition, other: Partition)
  /// Both are of the same records.
  case equalFingerprints(String)
  /// That many (key, content) pairs are in both samples.
  case sharedRecords(count: Int)
}

extension ProfileMergeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .hashKey(let id, let other): "different hash keys: \(id) and \(other)"
    case .decoderSignature(let signature, let other):
      "decoders that disagree: signatures \"\(signature)\" and \"\(other)\""
    case .features(let difference): "different feature definitions: \(difference)"
    case .definitions(let digest, let other):
      "read by different schemas (definitions \(digest.isEmpty ? "none" : digest) and "
        + "\(other.isEmpty ? "none" : other)): types, privacy, slices, keys or times of fields differ; profile both by one"
    case .partition(let partition, let other):
      "cut in different ways: \(partition.words) and \(other.words)"
    case .equalFingerprints(let text): "the same records twice: both fingerprints are \(text)"
    case .sharedRecords(let count):
      "the same records twice: at least \(counted(count, "record")) with equal key and content in both"
    }
  }
}

extension Partition {
  /// The words a message uses.
  var words: String {
    switch self {
    case .none: "not at all"
    case .groups(let name): "by \"\(name)\""
    case .windows(let seconds): "in windows of \(seconds) s"
    }
  }
}

extension Profile {
  /// Throws unless the states of the two can be added exactly.
  func checkAgreement(with other: Profile) throws(ProfileMergeError) {
    let (mine, theirs) = (configuration, other.configuration)
    if mine.hashKey != theirs.hashKey { throw .hashKey(id: mine.hashKey.id, other: theirs.hashKey.id) }
    if mine.decoderSignature != theirs.decoderSignature {
      throw .decoderSignature(mine.decoderSignature, other: theirs.decoderSignature)
    }
    if mine.definitions != theirs.definitions {
      throw .definitions(mine.definitions, other: theirs.definitions)
    }
    if mine.partition != theirs.partition { throw .partition(mine.partition, other: theirs.partition) }
    if features != other.features { throw .features(difference: featureDifference(from: other)) }
  }

  /// Throws if the two are seen to have records in common.
  func checkOverlap(with other: Profile) throws(ProfileMergeError) {
    if recordCount > 0, fingerprint == other.fingerprint { throw .equalFingerprints(fingerprint.text) }
    // Records without content, as rows that cannot be read, are not known to be the same.
    let sharedCount = sample.sharedCount(with: other.sample, besides: hasher.hash([]))
    if sharedCount > 0 { throw .sharedRecords(count: sharedCount) }
  }

  /// The first feature in which the two differ, in words.
  private func featureDifference(from other: Profile) -> String {
    func words(_ list: [ProfiledFeature], _ index: Int) -> String {
      index < list.count ? "\(list[index].name) (\(list[index].kind.rawValue))" : "none"
    }
    let index =
      zip(features, other.features).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(features.count, other.features.count)
    return "feature \(index) is \(words(features, index)) here and \(words(other.features, index)) there"
  }
}
