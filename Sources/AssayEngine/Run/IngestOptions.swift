package import AssayCore
package import AssayIngest

/// How sources are to be read: what every command that takes SOURCE has in common.
package struct IngestOptions: Sendable {
  package var sources: [SourceArgument]
  /// Decoders to run; 0 for one for each core.
  package var workers = 0
  package var isolation = Isolation.process
  /// Whether to tell on standard error how far the run is.
  package var showsProgress = false
  /// The worker to start instead of the one beside the executable; for tests of what happens when one dies.
  package var workerExecutable: String?
  package var limits = RecordLimits()
  /// Bytes in flight beyond what every arena may hold; at least what one record may need.
  package var arenaReserve = ArenaBudget.standardReserve
  package var stripComponents = 0
  package var keyPrefix = ""
  /// Bytes that all exact indexes together may keep in memory.
  package var indexMemory = standardIndexMemory
  /// 1 GiB: about twenty million records.
  package static let standardIndexMemory = 1 << 30
  /// What keys every hash of profiles that are made or read.
  package var hashKey = HashKey.published
  /// Where to keep the exact index of the set; nil to forget it.
  package var indexPath: String?
  /// The schema's `ignore` patterns.
  package var ignored: [String] = []
  /// The manifest's column of paths, where the schema says which.
  package var pathColumn: String?
  /// What a manifest's paths begin with and members do not.
  package var manifestPrefix = ""
  /// Whether every manifest is a table: its rows are records of their own, whatever columns it has and whatever is
  /// beside it.
  package var readsTables = false
  /// Names of further images, from the schema.
  package var secondImages = ["mask"]

  /// Where further images are in folders, from the schema.
  package var imagePatterns: [ImagePattern] = []
  /// What decoders do with every record.
  package var reading = RecordReadingPlan()
  /// The schema's plugins; nil where it uses none.
  package var companions: CompanionPlan?

  package init(sources: [SourceArgument]) { self.sources = sources }
}

/// Takes what a run sees, in source order.
package protocol RecordConsumer: AnyObject {
  /// Whether it looks at features, fields, measurements or pixel statistics of records whose images are whole. Where no
  /// consumer does, they stay in the workers.
  var needsFacts: Bool { get }
  /// Called once, before the first record.
  func begin(decoderSignature: String)
  /// Called for every manifest before any of its rows: how many bytes its header has, and where it can be read.
  func adopt(manifest: Int, headerCount: Int, descriptor: Int32)
  /// Adds what only the whole run knows of a record, before any consumer gets it.
  func amend(_ observation: inout Observation) throws
  func consume(_ observation: Observation, from item: WorkItem) throws
}

extension RecordConsumer {
  package var needsFacts: Bool { true }
  package func begin(decoderSignature: String) {}
  package func adopt(manifest: Int, headerCount: Int, descriptor: Int32) {}
  package func amend(_ observation: inout Observation) throws {}
}
