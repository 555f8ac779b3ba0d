package import AssayChannel
package import AssayCore
package import AssayIngest
import CLinux
import Glibc

/// One pass over the sources: every record is observed once, in order, and every member is accounted for.
package final class IngestRun {
  private var options: IngestOptions
  private let consumers: [any RecordConsumer]
  private var reports: [SourceReport]
  /// Present when manifests come together with images.
  private var join: ManifestJoin?
  private let memory: IndexMemory
  private let progress: ProgressLine?
  private let joinsManifests: Bool
  private var arenaPool = ArenaPool()
  private var hasBegun = false
  /// By source, for containers: folders are sorted, so their keys are together.
  private var members: [Int: MemberIndex] = [:]
  private var notices: [RemarkCount] = []
  /// By source: up to where its records have been delivered.
  private var extents: [SourceExtent?] = []

  /// `memory` is what this run's indexes share with those of its consumers.
  package init(_ options: IngestOptions, consumers: [any RecordConsumer], memory: IndexMemory? = nil) {
    self.options = options
    progress = options.showsProgress ? ProgressLine() : nil
    self.consumers = consumers + (progress.map { [$0] } ?? [])
    self.options.reading.tellsFacts = self.consumers.contains { $0.needsFacts }
    reports = options.sources.map { SourceReport(name: $0.name) }
    let manifests = options.sources.count { $0.isManifest }
    joinsManifests = manifests > 0 && manifests < options.sources.count && !options.readsTables
    self.memory = memory ?? IndexMemory(limit: options.indexMemory)
  }

  /// Runs to the end. Bad data and sources that end early are in the answer; throws only what stops everything.
  package func run() throws -> IngestSummary {
    try options.imagePatterns.demandFolders(options.sources)
    let descriptorLimit = CoordinatorLimits.raise()
    try CoordinatorLimits.check(workers: workerCount, workerDescriptors, within: descriptorLimit)
    if joinsManifests { join = try ManifestJoin(memory) }
    let setup = WorkerSetup(
      executable: try options.workerExecutable
        ?? (options.isolation == .process ? WorkerExecutable.path() : ""),
      isolation: options.isolation, limits: options.limits, arenas: try arenas(), reading: options.reading,
      companions: options.companions)
    arenaPool = ArenaPool(
      setup.arenas, reserve: max(options.arenaReserve, ArenaBudget.mostBytes(options.limits)))
    let pool = try DecoderPool(count: workerCount, setup: setup)
    let sources = openSources(setup, pool)
    extents = sources.map(\.size)
    progress?.share = { [unowned self] in SourceExtent.share(of: extents) }
    try readJoinedManifests(setup, pool)
    let scheduler = Scheduler(
      sources: sources, pool: pool,
      descriptorsForFiles: descriptorLimit - workerDescriptors.count(workers: workerCount),
      prepare: { self.join($0) },
      deliver: {
        try self.begin(pool)
        try self.deliver($0)
      },
      ended: { self.finish($0, $1) })
    defer { progress?.finish() }
    try scheduler.run()
    try begin(pool)
    return IngestSummary(
      sources: reports, join: join?.counts, notices: notices + (join?.notices ?? []),
      isolation: pool.ready?.isolation ?? .none,
      decoderSignature: pool.ready?.decoderSignature ?? "")
  }

  private var workerCount: Int {
    options.workers > 0 ? options.workers : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private var workerDescriptors: WorkerDescriptors {
    WorkerDescriptors(
      hasArenas: hasContainer, hasCompanions: options.companions != nil, isolation: options.isolation)
  }

  private var hasContainer: Bool {
    options.sources.contains(where: \.isContainer)
  }

  /// Arenas are needed only where bytes come out of a container.
  private func arenas() throws -> [SharedArena] {
    guard hasContainer else { return [] }
    return try (0..<WorkerDescriptors.arenaCount(workers: workerCount)).map { _ in try SharedArena.create() }
  }

  /// Opens what can be opened; a source that cannot is reported and the others go on.
  private func openSources(_ setup: WorkerSetup, _ pool: DecoderPool) -> [any RecordSource] {
    options.sources.enumerated().map { index, argument in
      do {
        return try open(argument, index, setup, pool)
      } catch {
        return FailedSource(name: argument.name, reason: (error as? SourceError)?.reason ?? "\(error)")
      }
    }
  }

  private func open(
    _ argument: SourceArgument, _ index: Int, _ setup: WorkerSetup, _ pool: DecoderPool
  ) throws -> any RecordSource {
    let plan = readingPlan(argument)
    func container(_ input: Int32, _ command: PipeCommand? = nil) throws(OutputError) -> ContainerSource {
      members[index] = try MemberIndex(argument.name, secondNames: options.secondImages, memory)
      return ContainerSource(
        name: argument.name, index: index, input: input, command: command, plan: plan, setup: setup,
        arenas: arenaPool)
    }
    switch argument.form {
    case .folder(let path): return try FolderSource(path: path, index: index, plan: plan)
    case .image(let path):
      return try ImageFileSource(name: argument.name, path: path, index: index, naming: plan.naming)
    case .standardInput:
      return try container(fcntl(0, F_DUPFD_CLOEXEC, 3))
    case .command(let command):
      let pipe = try PipeCommand(command)
      return try container(pipe.output, pipe)
    case .container(let path):
      return try container(try file(argument, path))
    case .manifest(let path):
      if join != nil { return EmptySource(name: argument.name) }
      let folder =
        options.readsTables ? -1 : Glibc.open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      return ManifestSource(
        name: argument.name, index: index, folder: folder, scan: try scan(argument, index, path, setup, pool))
    }
  }

  private func file(_ argument: SourceArgument, _ path: String) throws(SourceError) -> Int32 {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SourceError(source: argument.name, reason: lastSystemError()) }
    return file
  }

  private func readingPlan(_ argument: SourceArgument) -> ReadingPlan {
    var naming = KeyNaming()
    naming.stripComponents = options.stripComponents
    naming.prefix = options.keyPrefix + argument.keyPrefix
    naming.manifestPrefix = options.manifestPrefix
    var plan = ReadingPlan(
      source: argument.name, naming: naming, ignored: options.ignored, secondImages: options.secondImages)
    plan.imagePatterns = options.imagePatterns
    return plan
  }

  private func scan(
    _ argument: SourceArgument, _ index: Int, _ path: String, _ setup: WorkerSetup, _ pool: DecoderPool
  ) throws(SourceError) -> ManifestScan {
    var plan = readingPlan(argument)
    plan.isManifest = true
    plan.hasPaths = !options.readsTables
    plan.pathColumn = options.readsTables ? nil : options.pathColumn
    return ManifestScan(
      number: index, input: try file(argument, path), plan: plan, setup: setup,
      adopt: { [weak self, weak pool, consumers] manifest, dialect, descriptor in
        self?.note(dialect, of: argument.name)
        pool?.adopt(manifest, dialect, descriptor)
        for consumer in consumers {
          consumer.adopt(manifest: manifest, headerCount: dialect.headerCount, descriptor: descriptor)
        }
      })
  }

  /// Says which column is taken for that of paths, where its name is not quite one of those that are looked for.
  private func note(_ dialect: ManifestDialect, of manifest: String) {
    guard !options.readsTables, let column = dialect.pathColumn(declared: options.pathColumn),
      column != options.pathColumn, !ManifestDialect.pathColumns.contains(column)
    else { return }
    var notice = RemarkCount(
      kind: RemarkKind(code: ReadingCode.pathColumn.rawValue, severity: .info, subject: "manifest"))
    notice.add("the column \"\(column)\" is read as the path of each row's image", Locator(source: manifest))
    notices.append(notice)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  /// Reads the manifests that are to be joined, before the first image: an index of where each row is.
  private func readJoinedManifests(_ setup: WorkerSetup, _ pool: DecoderPool) throws {
    guard let join else { return }
    for (index, argument) in options.sources.enumerated() {
      guard case .manifest(let path) = argument.form else { continue }
      do {
        let scan = try scan(argument, index, path, setup, pool)
        var end = try scan.run { try join.add($0, of: index, named: argument.name, naming: scan.naming) }
        end.counts.other = end.entries
        end.items = 0
        finish(index, end)
      } catch let error as SourceError {
        reports[index].failure = error.reason
      }
    }
  }

  private func join(_ batch: RecordBatch) {
    guard let join else { return }
    batch.items = batch.items.map { join.join($0) }
  }

  /// Tells the consumers of the decoders, once, and at the latest when there was nothing to decode.
  private func begin(_ pool: DecoderPool) throws {
    guard !hasBegun else { return }
    hasBegun = true
    let ready = try pool.awaitReady()
    for consumer in consumers { consumer.begin(decoderSignature: ready.decoderSignature) }
  }

  private func deliver(_ open: OpenBatch) throws {
    for (item, result) in zip(open.batch.items, open.results) {
      // A batch is delivered only when every result is in.
      guard let result else { continue }
      switch result {
      case .notAnImage:
        reports[open.batch.source].counts.other += item.parts.count
        reports[open.batch.source].answers += 1
        members[open.batch.source]?.add(single: item)
      case .observed(var observation):
        // A row of a table is a member of its own.
        reports[open.batch.source].counts.members += max(1, item.parts.count)
        reports[open.batch.source].records += 1
        reports[open.batch.source].answers += 1
        for consumer in consumers { try consumer.amend(&observation) }
        try members[open.batch.source]?.add(record: item, isKnownKey: observation.isDuplicateKey)
        for consumer in consumers { try consumer.consume(observation, from: item) }
      }
    }
    if let extent = open.batch.extent { extents[open.batch.source] = extent }
  }

  private func finish(_ source: Int, _ end: SourceEnd) {
    reports[source].counts += end.counts
    reports[source].entries += end.entries
    reports[source].items += end.items
    reports[source].failure = reports[source].failure ?? end.failure ?? reports[source].imbalance
    notices += members.removeValue(forKey: source)?.finish() ?? []
    if extents.indices.contains(source) { extents[source] = extents[source]?.atEnd }
  }
}

extension Observation {
  /// Whether the run has said that its key came before.
  fileprivate var isDuplicateKey: Bool { findings.contains { $0.code == ReadingCode.duplicateKey.rawValue } }
}

/// A source that could not be opened at all.
private final class FailedSource: RecordSource {
  let name: String
  private let reason: String
  var size: SourceExtent? { SourceExtent.nothing }

  init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  func next() throws -> BatchOffer {
    .ended(SourceEnd(entries: 0, items: 0, failure: reason))
  }
}

/// A manifest that was read before the images it is joined to.
private final class EmptySource: RecordSource {
  let name: String
  var size: SourceExtent? { SourceExtent.nothing }

  init(name: String) { self.name = name }

  func next() throws -> BatchOffer { .ended(SourceEnd(entries: 0, items: 0)) }
}

/// What one source held.
package struct SourceReport: Sendable, Hashable {
  package var name: String
  /// Members by kind.
  package var counts = EntryCounts()
  /// Members in all, as the source itself gave them: the sum of `counts`, or something was lost.
  package var entries = 0
  package var records = 0
  /// Work items the source says it handed out, and work items that were answered, as records or not.
  package var items = 0
  package var answers = 0
  /// Why the rest could not be read; nil when the source was read to its end.
  package var failure: String?

  /// Whether the accounting identities of a source hold.
  package var isBalanced: Bool { imbalance == nil }

  /// Which of them does not: the source's own numbers against what came of it.
  package var imbalance: String? {
    if items != answers { return "\(items) records were handed out, \(answers) were answered" }
    if entries != counts.total { return "\(entries) entries were met, \(counts.total) are accounted for" }
    return nil
  }
}

/// What a pass over the sources came to, beside what the consumers made of the records.
package struct IngestSummary: Sendable {
  package var sources: [SourceReport]
  /// Nil where no manifest was joined.
  package var join: ManifestJoinCounts?
  /// What is to be said of sources as a whole.
  package var notices: [RemarkCount]
  package var isolation: IsolationReport
  package var decoderSignature: String

  /// Holds the records that were counted, accepted and rejected, against those that came out of the sources: the second
  /// identity. Throws when they differ, which is nobody's fault but ours.
  package func check(seen: Int) throws(WorkerError) {
    let delivered = sources.reduce(0) { $0 + $1.records }
    guard seen == delivered else {
      throw WorkerError("\(delivered) records came out of the sources, \(seen) were counted")
    }
  }
}
