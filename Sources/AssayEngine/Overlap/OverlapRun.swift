import AssayCore
import AssayIngest

/// What a pass over one side does so that the sides can be held against each other.
package struct OverlapPass {
  /// What decoders compute.
  var reading: OverlapReading
  /// Who takes it.
  var consumer: any RecordConsumer
  /// Bytes of the run's memory for indexes that others have taken.
  var memory: Int

  /// Tells decoders, and leaves the indexes of the pass what memory there is.
  func apply(to options: inout IngestOptions) {
    options.reading.overlap = reading
    options.indexMemory -= memory
  }
}

/// Answers "is anything of the one set in the other?".
final class OverlapRun {
  private let rules: [OverlapRule]
  private let kinds: [OverlapKind]
  private let index: SetIndex?
  private let reading: OverlapReading
  private let memory: IndexMemory
  private let today: String?
  private var builder: OverlapReferenceBuilder?
  private var counter: OverlapCounter?

  /// Half of the memory for indexes is for this. Throws when `indexPath` is no index.
  init(_ rules: [OverlapRule], indexPath: String?, _ ingest: IngestOptions, today: String?) throws {
    self.rules = rules
    self.today = today
    let memory = IndexMemory(limit: ingest.indexMemory / 2)
    self.memory = memory
    index = try indexPath.map { try SetIndex(path: $0, hashKey: ingest.hashKey, memory) }
    var kinds: [OverlapKind] = [.exact]
    for rule in rules where !kinds.contains(rule.kind) { kinds.append(rule.kind) }
    self.kinds = kinds
    var reading = OverlapReading(groupFields: kinds.compactMap(\.field))
    reading.hashesTurns = kinds.contains { if case .turned = $0 { true } else { false } }
    self.reading = reading
  }

  /// Records are counted only where something asks for it: else profiles say what there is to say.
  private var isCounting: Bool { !rules.isEmpty || index != nil }

  /// Bytes of the run's memory for indexes that are taken from others.
  var takenMemory: Int { isCounting ? memory.limit : 0 }

  /// What is gathered while the reference is read; nil where nothing has to be.
  func referencePass(for current: [SetArgument]) throws -> OverlapPass? {
    guard isCounting, index == nil, current.contains(where: \.isOfSources) else { return nil }
    let builder = try OverlapReferenceBuilder(kinds, reading, memory)
    self.builder = builder
    // Turned hashes are those of current records; here they would be for nothing.
    var reading = reading
    reading.hashesTurns = false
    return OverlapPass(reading: reading, consumer: builder, memory: memory.limit)
  }

  /// What is counted while the current set is read; nil where it is not read now, or no index stands for the reference.
  /// Throws `ConfigurationError` where the index is not of the reference.
  func currentPass(_ reference: ProfiledSet, isOfSources: Bool = true) throws -> OverlapPass? {
    counter = nil
    try index?.demandFingerprint(of: reference)
    guard isOfSources, let gathered = try gathered(reference) else { return nil }
    let counter = OverlapCounter(kinds, reading, gathered)
    self.counter = counter
    return OverlapPass(reading: reading, consumer: counter, memory: memory.limit)
  }

  private func gathered(_ reference: ProfiledSet) throws -> OverlapReference? {
    if let index { return OverlapReference(index, kinds: kinds) }
    // A reference that was not read is not a reference without records.
    return reference.accounts == nil ? nil : try builder?.reference()
  }

  /// What was found, judged.
  func report(_ reference: ProfiledSet, _ current: ProfiledSet) throws -> OverlapReport {
    let findings =
      try counter?.findings(builder?.log, builder?.knowledge)
      ?? kinds.map { kind in
        kind == .exact
          ? OverlapFinding(current: current.profile, reference: reference.profile)
          : OverlapFinding(kind, .unknown(Self.missing(current)), of: Int(current.profile.recordCount))
      }
    let results = rules.compactMap { rule in
      findings.first { $0.kind == rule.kind }.map { rule.result($0, today: today) }
    }
    return OverlapReport(findings: findings, results: results)
  }

  private static func missing(_ current: ProfiledSet) -> String {
    current.accounts == nil
      ? "the current set is a profile; name its sources"
      : "the reference is a profile; name its sources, or give its index (--reference-index)"
  }
}

extension SetIndex {
  /// Throws unless this is of the records of that set: one of others would find nothing and say that all is well.
  fileprivate func demandFingerprint(of reference: ProfiledSet) throws(ConfigurationError) {
    let expected = reference.profile.fingerprint
    guard fingerprint != expected else { return }
    throw ConfigurationError(
      "\(path): expected the index of the reference \(reference.name), fingerprint \(expected.text.prefix(16))... of "
        + "\(reference.profile.recordCount) records; found fingerprint \(fingerprint.text.prefix(16))... of "
        + "\(recordCount) records. Make both in one run: assay profile SOURCE... -o PROFILE --index INDEX")
  }
}

extension RunSchema {
  /// What the schema says must not be on both sides, in its environment.
  func overlap(indexPath: String?, _ ingest: IngestOptions, today: String?) throws -> OverlapRun {
    try OverlapRun(
      schema.overlap.filter { $0.terms.hold(in: compiled.environment) }, indexPath: indexPath,
      ingest, today: today)
  }
}
