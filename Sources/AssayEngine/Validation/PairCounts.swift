import AssayCore

/// Groups of records that share a value, and whether their predictions are equal: exact, in the run's index memory.
///
/// No count depends on the order of records: a group counts once two of its records came, and disagrees once two of its
/// predictions differ. A slice counts the groups among its own records.
final class PairCounts {
  private static let hashes = (
    high: SipHash(key: HashKey(bytes: Array("assay/groups/hig".utf8))),
    low: SipHash(key: HashKey(bytes: Array("assay/groups/low".utf8)))
  )

  /// Groups of the whole set, or among the records of one slice.
  private struct Tally {
    var groups = 0
    var largerGroups = 0
    var disagreeing = 0
    var absent = 0

    /// Groups of two or more as what is counted, groups of one as pending.
    var metric: MetricTally {
      MetricTally(
        counted: largerGroups, hits: largerGroups - disagreeing, pending: groups - largerGroups,
        absent: absent)
    }
  }

  private let fields: (pairs: String, prediction: String)
  // Of every group, and of every answer of one, with the slice: a slice knows its own records alone.
  private let groups: ExactSet<Digest80>
  private let largerGroups: ExactSet<Digest80>
  private let answers: ExactSet<Digest80>
  private let disagreeing: ExactSet<Digest80>
  private var whole = Tally()
  private var slices: SliceFamilies<Tally>

  init(pairs: String, prediction: String, slices: [SliceDeclaration], _ memory: IndexMemory)
    throws(OutputError)
  {
    fields = (pairs, prediction)
    groups = try ExactSet(memory)
    largerGroups = try ExactSet(memory)
    answers = try ExactSet(memory)
    disagreeing = try ExactSet(memory)
    self.slices = SliceFamilies(slices)
  }

  func observe(_ observation: Observation) throws {
    let (pair, prediction) = (value(fields.pairs, observation), value(fields.prediction, observation))
    try observe(pair, prediction, in: "", &whole)
    guard !slices.isEmpty else { return }
    try slices.update(observation.slices, make: { Tally() }) { name, tally in
      try observe(pair, prediction, in: name, &tally)
    }
  }

  private func observe(_ pair: Value, _ prediction: Value, in slice: String, _ tally: inout Tally) throws {
    guard !pair.isMissing, !prediction.isMissing else {
      tally.absent += 1
      return
    }
    let group = Self.digest(slice, pair.canonicalText)
    let isFirst = try groups.insert(group)
    let isNewAnswer = try answers.insert(Self.digest(slice, pair.canonicalText, prediction.canonicalText))
    if isFirst {
      tally.groups += 1
      return
    }
    if try largerGroups.insert(group) { tally.largerGroups += 1 }
    if isNewAnswer, try disagreeing.insert(group) { tally.disagreeing += 1 }
  }

  /// What is counted of the set and of its slices.
  var counts: MetricCounts { slices.counts(whole: whole.metric, \.metric) }

  private func value(_ field: String, _ observation: Observation) -> Value {
    observation.fields.first { $0.name == field }?.value ?? .missing
  }

  /// Each part but the last with its length, so that no two lists of parts are one text.
  private static func digest(_ parts: String...) -> Digest80 {
    let text = parts.dropLast().map { "\($0.utf8.count) \($0)" }.joined() + (parts.last ?? "")
    return Digest80(high: hashes.high.hash(text: text), low: hashes.low.hash(text: text))
  }
}
