package import AssayChannel
package import AssayCore

/// What a worker does.
package enum WorkerRole: String, Sendable, Codable {
  /// Opens one container or manifest and hands its members out.
  case reader
  /// Decodes, measures and checks records.
  case decoder
}

/// What one record may cost. Everything beyond is `refused` or `timeout`, never an allocation that was not bounded.
package struct RecordLimits: Sendable, Hashable, Codable {
  /// Encoded bytes of one member.
  package var memberBytes = 256 << 20
  /// Pixels a side.
  package var side = 65_500
  /// Pixels of one image.
  package var pixels = 268_435_456
  /// Bytes of memory one image may need while it is decoded.
  package var imageMemory = 2 << 30
  /// Wall-clock seconds for one record, on the coordinator's clock.
  package var seconds = 30

  package init() {}
}

/// What every decoder is told before the first byte arrives.
package struct WorkerPlan: Sendable, Codable {
  package var role: WorkerRole
  /// Whether to enter the sandbox.
  package var isIsolated: Bool
  package var limits: RecordLimits
  /// The number of arenas among the descriptors of the message: they come first, after the progress page.
  package var arenaCount: Int
  /// What decoders do with every record.
  package var reading: RecordReadingPlan

  package init(
    role: WorkerRole, isIsolated: Bool, limits: RecordLimits, arenaCount: Int, reading: RecordReadingPlan
  ) {
    self.role = role
    self.isIsolated = isIsolated
    self.limits = limits
    self.arenaCount = arenaCount
    self.reading = reading
  }
}

/// What decoders check of every record, and which of its fields mean something to the run.
package struct RecordReadingPlan: Sendable, Codable {
  package var rules = RecordRules(rules: [], images: [], fields: [])
  /// The field whose value is the record's group.
  package var groupField: String?
  /// The field whose value is the record's time.
  package var timeField: String?
  /// The manifest's column of paths, where the schema says which.
  package var pathField: String?
  /// The field whose value is the key of a row that stands for itself.
  package var idField: String?
  /// What is to be held against another set; nil where nothing is.
  package var overlap: OverlapReading?
  /// Whether values of whole records are told and not only what was made of them: most runs that only judge ask for none.
  package var tellsFacts = true

  package init() {}
}

/// What a reader is told of its source.
package struct ReadingPlan: Sendable, Hashable, Codable {
  /// The source in the user's words, for locators and messages.
  package var source: String
  /// Where keys differ from paths.
  package var naming: KeyNaming
  /// The schema's `ignore` patterns.
  package var ignored: [String]
  /// Names that further images of a record carry before their extension.
  package var secondImages: [String]
  /// Where further images are that are not their neighbours.
  package var imagePatterns: [ImagePattern] = []
  /// Whether the source is a manifest, and not a container.
  package var isManifest = false
  /// Whether rows of the manifest may point to images, and not all stand for themselves.
  package var hasPaths = true
  /// The manifest's column of paths, where the schema says which.
  package var pathColumn: String?

  package init(source: String, naming: KeyNaming, ignored: [String], secondImages: [String]) {
    self.source = source
    self.naming = naming
    self.ignored = ignored
    self.secondImages = secondImages
  }
}

/// How member paths become keys, so that differently packed copies agree.
package struct KeyNaming: Sendable, Hashable, Codable {
  /// Leading path components to drop.
  package var stripComponents = 0
  /// What to put in front.
  package var prefix = ""
  /// What a manifest's paths begin with and members do not (`s3://bucket/`).
  package var manifestPrefix = ""

  package init() {}

  package func key(for path: [UInt8]) -> [UInt8] {
    guard stripComponents > 0 || !prefix.isEmpty else { return path }
    return EntryName(path).rebased(stripping: stripComponents, prefix: prefix).path
  }
}

/// What a decoder says once it can work.
package struct WorkerReady: Sendable, Hashable, Codable {
  package var isolation: IsolationReport
  /// The digest of pixels it decodes from the built-in images.
  package var decoderSignature: String

  package init(isolation: IsolationReport, decoderSignature: String) {
    self.isolation = isolation
    self.decoderSignature = decoderSignature
  }
}

/// How many members of a source were of which kind. Every member is counted exactly once.
package struct EntryCounts: Sendable, Hashable, Codable {
  /// Members that belong to records.
  package var members = 0
  package var directories = 0
  /// Litter, and what the schema ignores.
  package var ignored = 0
  /// Neither image nor sidecar of one: links, documents, orphaned metadata.
  package var other = 0
  /// Members and folders that could not be read at all.
  package var failed = 0

  package init() {}

  package var total: Int { members + directories + ignored + other + failed }

  package static func += (left: inout EntryCounts, right: EntryCounts) {
    left.members += right.members
    left.directories += right.directories
    left.ignored += right.ignored
    left.other += right.other
    left.failed += right.failed
  }
}

/// How a source ended.
package struct SourceEnd: Sendable, Hashable, Codable {
  /// Members the reader met, by kind; those handed out as work items are not in it.
  package var counts: EntryCounts
  /// Members met in all, as the container gave them.
  package var entries: Int
  /// Work items handed out: what has to come back, as records or as members that are none.
  package var items: Int
  /// Why the rest could not be read; nil when the source was read to its end.
  package var failure: String?

  package init(counts: EntryCounts = EntryCounts(), entries: Int, items: Int, failure: String? = nil) {
    self.counts = counts
    self.entries = entries
    self.items = items
    self.failure = failure
  }
}
