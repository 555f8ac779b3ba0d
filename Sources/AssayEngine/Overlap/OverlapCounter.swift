import AssayCore
import AssayIngest

/// Holds every current record against the reference while it is read.
final class OverlapCounter: RecordConsumer {
  /// A current record, and what it was found by.
  private struct Match {
    var record: RuleExample
    var wanted: OverlapLog.Wanted
  }

  /// The count of one kind, and the matches whose records have the smallest keys.
  private struct Tally {
    var kind: OverlapKind
    var count = 0
    var matches: [Match] = []
    static let mostMatches = 3

    mutating func add(_ match: Match) {
      count += 1
      let place = matches.firstIndex { match.record < $0.record } ?? matches.endIndex
      matches.insert(match, at: place)
      if matches.count > Self.mostMatches { matches.removeLast() }
    }
  }

  /// What a record was found by, and what else is to be said of it.
  private typealias Partner = (wanted: OverlapLog.Wanted, note: String)

  private let reference: OverlapReference
  private let groupFields: [String]
  private var tallies: [Tally]
  private var knowledge: OverlapKnowledge
  private var recordCount = 0

  init(_ kinds: [OverlapKind], _ reading: OverlapReading, _ reference: OverlapReference) {
    self.reference = reference
    groupFields = reading.groupFields
    tallies = kinds.map { Tally(kind: $0) }
    knowledge = OverlapKnowledge("current", groupFields: reading.groupFields)
  }

  func consume(_ observation: Observation, from item: WorkItem) {
    recordCount += 1
    knowledge.observe(observation)
    for index in tallies.indices where reference.unknown[tallies[index].kind] == nil {
      guard let partner = partner(tallies[index].kind, observation) else { continue }
      let record = RuleExample(key: observation.key, locator: observation.locator, found: partner.note)
      tallies[index].add(Match(record: record, wanted: partner.wanted))
    }
  }

  // MARK: Partners

  private func partner(_ kind: OverlapKind, _ observation: Observation) -> Partner? {
    switch kind {
    case .exact: exactPartner(observation)
    case .near(let radius): exactPartner(observation) ?? nearPartner(observation, radius)
    case .turned(let radius):
      exactPartner(observation) == nil && nearPartner(observation, radius) == nil
        ? turnedPartner(observation, radius) : nil
    case .group(let field): groupPartner(observation, field)
    }
  }

  private func exactPartner(_ observation: Observation) -> Partner? {
    guard observation.contentDigest.count == 32 else { return nil }
    let digest = Digest80(observation.contentDigest)
    return reference.contents.contains(digest) ? (.content(digest), "") : nil
  }

  private func nearPartner(_ observation: Observation, _ radius: Int) -> Partner? {
    guard let hash = observation.comparedHash, let near = reference.nearest(to: hash, within: radius) else {
      return nil
    }
    return (.pHash(near.hash), Self.note(near.distance))
  }

  /// The nearest over all turns; the first turn of several.
  private func turnedPartner(_ observation: Observation, _ radius: Int) -> Partner? {
    let found = zip(Turn.allCases, observation.comparedPixels?.turnedHashes ?? []).compactMap { turn, hash in
      reference.nearest(to: hash, within: radius).map { (turn: turn, near: $0) }
    }
    guard let best = found.min(by: { $0.near.distance < $1.near.distance }) else { return nil }
    return (.pHash(best.near.hash), "\(best.turn.text), \(Self.note(best.near.distance))")
  }

  private func groupPartner(_ observation: Observation, _ field: String) -> Partner? {
    guard let key = observation.groupKeys.first(where: { groupFields[$0.group] == field }),
      reference.groups[key.group].contains(key.digest)
    else { return nil }
    return (.group(key), "")
  }

  private static func note(_ distance: Int) -> String {
    "\(counted(distance, "bit")) apart"
  }

  // MARK: Answers

  /// What was found, with the places of partners where `log` has them.
  func findings(_ log: OverlapLog?, _ other: OverlapKnowledge?) throws -> [OverlapFinding] {
    let places = try log?.places(of: Set(tallies.flatMap { $0.matches.map(\.wanted) })) ?? [:]
    return tallies.map { tally in
      let unknown = reference.unknown[tally.kind] ?? knowledge.unknown(tally.kind)
      var finding = OverlapFinding(
        tally.kind, unknown.map { .unknown($0) } ?? .counted(tally.count), of: recordCount)
      guard unknown == nil else { return finding }
      finding.remarks = knowledge.remarks(tally.kind) + (other?.remarks(tally.kind) ?? [])
      finding.examples = tally.matches.map {
        OverlapExample(current: $0.record.locator, reference: places[$0.wanted], note: $0.record.found)
      }
      return finding
    }
  }
}
