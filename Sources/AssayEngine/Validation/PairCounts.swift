import AssayCore

/// Groups of records that share a value, and whether their predictions are equal: exact, in the run's index memory.
///
/// No count depends on the order of records: a group counts once two of its records came, and disagrees once two of its
/// predictions differ.
final class PairCounts {
  private static let hashes = (
    high: SipHash(key: HashKey(bytes: Array("assay/groups/hig".utf8))),
    low: SipHash(key: HashKey(bytes: Array("assay/groups/low".utf8)))
  )

  private let fields: (pairs: String, prediction: String)
  private let groups: ExactSet<Digest80>
  private let largerGroups: ExactSet<Digest80>
  private let answers: ExactSet<Digest80>
  private let disagreeing: ExactSet<Digest80>
  private var absent = 0

  init(_ fields: (pairs: String, prediction: String), _ memory: IndexMemory) throws(OutputError) {
    self.fields = fields
    groups = try ExactSet(memory)
    largerGroups = try ExactSet(memory)
    answers = try ExactSet(memory)
    disagreeing = try ExactSet(memory)
  }

  func observe(_ observation: Observation) throws(OutputError) {
    let (pair, prediction) = (value(fields.pairs, observation), value(fields.prediction, observation))
    guard !pair.isMissing, !prediction.isMissing else {
      absent += 1
      return
    }
    let group = Self.digest(pair.canonicalText)
    let isFirst = try groups.insert(group)
    let isNewAnswer = try answers.insert(
      Self.digest("\(pair.canonicalText.utf8.count) \(pair.canonicalText)\(prediction.canonicalText)"))
    if isFirst { return }
    _ = try largerGroups.insert(group)
    if isNewAnswer { _ = try disagreeing.insert(group) }
  }

  /// Groups of two or more as what is counted, groups of one as pending.
  var tally: MetricTally {
    MetricTally(
      counted: largerGroups.count, hits: largerGroups.count - disagreeing.count,
      pending: groups.count - largerGroups.count, absent: absent)
  }

  private func value(_ field: String, _ observation: Observation) -> Value {
    observation.fields.first { $0.name == field }?.value ?? .missing
  }

  private static func digest(_ text: String) -> Digest80 {
    Digest80(high: hashes.high.hash(text: text), low: hashes.low.hash(text: text))
  }
}
