package import AssayChannel
import AssayCore
package import AssayIngest
import Glibc

/// One pass over the sources: every record is observed once, in order, and every member is accounted for.
package final class IngestRun {
  private let options: IngestOptions
  private let consumers: [any RecordConsumer]
  private var reports: [SourceReport]

  package init(_ options: IngestOptions, consumers: [any RecordConsumer]) {
    self.options = options
    self.consumers = consumers
    reports = options.sources.map { SourceReport(name: $0.name) }
  }

  /// Runs to the end. Bad data and sources that end early are in the answer; throws only what stops everything.
  package func run() throws -> IngestSummary {
    let setup = WorkerSetup(
      executable: options.isolation == .process ? try WorkerExecutable.path() : "",
      isolation: options.isolation, limits: options.limits, arenas: try arenas())
    let sources = openSources(setup)
    let pool = try DecoderPool(count: workerCount, setup: setup)
    let scheduler = Scheduler(
      sources: sources, pool: pool, deliver: { try self.deliver($0) },
      ended: { self.finish($0, $1) })
    try scheduler.run()
    return IngestSummary(
      sources: reports, isolation: pool.ready?.isolation ?? .none,
      decoderSignature: pool.ready?.decoderSignature ?? "")
  }

  private var workerCount: Int {
    options.workers > 0 ? options.workers : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Arenas are needed only where bytes come out of a container.
  private func arenas() throws -> [SharedArena] {
    let hasContainer = options.sources.contains {
      switch $0.form {
      case .container, .standardInput, .command: true
      case .folder, .image, .manifest: false
      }
    }
    guard hasContainer else { return [] }
    return try (0..<2 * workerCount + 2).map { _ in try SharedArena.create() }
  }

  /// Opens what can be opened; a source that cannot is reported and the others go on.
  private func openSources(_ setup: WorkerSetup) -> [any RecordSource] {
    options.sources.enumerated().map { index, argument in
      do {
        return try open(argument, index, setup)
      } catch {
        return FailedSource(name: argument.name, reason: (error as? SourceError)?.reason ?? "\(error)")
      }
    }
  }

  private func open(_ argument: SourceArgument, _ index: Int, _ setup: WorkerSetup) throws -> any RecordSource
  {
    var naming = KeyNaming()
    naming.stripComponents = options.stripComponents
    naming.prefix = options.keyPrefix + argument.keyPrefix
    let plan = ReadingPlan(
      source: argument.name, naming: naming, ignored: options.ignored, secondImages: options.secondImages)
    func container(_ input: Int32, _ command: PipeCommand? = nil) -> ContainerSource {
      ContainerSource(
        name: argument.name, index: index, input: input, command: command, plan: plan, setup: setup)
    }
    switch argument.form {
    case .folder(let path): return try FolderSource(path: path, index: index, plan: plan)
    case .image(let path):
      return try ImageFileSource(name: argument.name, path: path, index: index, naming: naming)
    case .standardInput: return container(fcntl(0, F_DUPFD_CLOEXEC, 3))
    case .command(let command):
      let pipe = try PipeCommand(command)
      return container(pipe.output, pipe)
    case .container(let path), .manifest(let path):
      let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw SourceError(source: argument.name, reason: lastSystemError()) }
      return container(file)
    }
  }

  private func deliver(_ open: OpenBatch) throws {
    for (item, result) in zip(open.batch.items, open.results) {
      // A batch is delivered only when every result is in.
      guard let result else { continue }
      switch result {
      case .notAnImage: reports[open.batch.source].counts.other += item.parts.count
      case .observed(let observation):
        reports[open.batch.source].counts.members += item.parts.count
        reports[open.batch.source].records += 1
        for consumer in consumers { try consumer.consume(observation) }
      }
    }
  }

  private func finish(_ source: Int, _ end: SourceEnd) {
    reports[source].counts += end.counts
    reports[source].entries = end.entries
    reports[source].failure = end.failure
  }
}

/// A source that could not be opened at all.
private final class FailedSource: RecordSource {
  let name: String
  private let reason: String

  init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  func next() throws -> BatchOffer {
    .ended(SourceEnd(counts: EntryCounts(), entries: 0, failure: reason))
  }
}

/// What one source held.
package struct SourceReport: Sendable, Hashable {
  package var name: String
  /// Members by kind.
  package var counts = EntryCounts()
  /// Members in all, as the source itself gave them: the sum of `counts`, or something was lost.
  package var entries = 0
  package var records = 0
  /// Why the rest could not be read; nil when the source was read to its end.
  package var failure: String?

  /// Whether the first accounting identity holds.
  package var isBalanced: Bool { entries == counts.total }
}

/// What a pass over the sources came to, beside what the consumers made of the records.
package struct IngestSummary: Sendable {
  package var sources: [SourceReport]
  package var isolation: IsolationReport
  package var decoderSignature: String
}
