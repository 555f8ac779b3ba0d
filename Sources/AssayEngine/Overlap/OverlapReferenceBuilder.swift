import AssayCore
import AssayIngest

/// Gathers the reference while it is read.
///
/// *Memory*: at most 13 bytes a record for its content, 10 for its hash and 13 for each distinct group; then 8 for the
/// sorted hash in place of those 10, and 16 for finding near ones, with 1 MiB.
final class OverlapReferenceBuilder: RecordConsumer {
  private let memory: IndexMemory
  private let kinds: [OverlapKind]
  private let contents: ExactSet<Digest80>
  private var pHashes: ExactSet<UInt64>?
  private let groups: [ExactSet<Digest80>]
  /// Where the records are, for examples.
  let log: OverlapLog
  private(set) var knowledge: OverlapKnowledge

  init(_ kinds: [OverlapKind], _ reading: OverlapReading, _ memory: IndexMemory) throws(OutputError) {
    self.memory = memory
    self.kinds = kinds
    contents = try ExactSet(memory)
    pHashes = kinds.contains { $0.radius != nil } ? try ExactSet(memory) : nil
    groups = try reading.groupFields.map { _ throws(OutputError) in try ExactSet(memory) }
    log = try OverlapLog()
    knowledge = OverlapKnowledge("reference", groupFields: reading.groupFields)
  }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    knowledge.observe(observation)
    if observation.contentDigest.count == 32 { _ = try contents.insert(Digest80(observation.contentDigest)) }
    if let pHashes, let hash = observation.comparedHash, PerceptualDetail.isEnough(hash) {
      _ = try pHashes.insert(hash)
    }
    for key in observation.groupKeys { _ = try groups[key.group].insert(key.digest) }
    try log.add(observation)
  }

  /// What was gathered, once everything was read.
  func reference() throws(OutputError) -> OverlapReference {
    let hashes = if let pHashes { pHashes } else { try ExactSet<UInt64>(memory) }
    let near = try NearHashes(hashes, memory)
    pHashes = nil
    var unknown: [OverlapKind: String] = [:]
    for kind in kinds { unknown[kind] = knowledge.unknown(kind) }
    return OverlapReference(contents: contents, pHashes: near, groups: groups, unknown: unknown)
  }
}
