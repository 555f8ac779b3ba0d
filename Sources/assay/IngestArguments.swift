import ArgumentParser
import AssayEngine
import AssayIngest

/// The sources of a command, and how they are read.
struct IngestArguments: ParsableArguments {
  @Argument(
    help: "A folder, an archive, a manifest (.csv, .jsonl), an image, - (a tar), @LIST or pipe:COMMAND.")
  var sources: [String]

  @OptionGroup var reading: ReadingArguments

  @Option(help: "Keep the exact index of keys, contents and perceptual hashes in this file.")
  var index: String?

  func validate() throws {
    if sources.isEmpty { throw ValidationError("expected at least one SOURCE") }
  }

  func options() throws -> IngestOptions {
    var options = try reading.options(for: try SourceArgument.parse(sources))
    options.indexPath = index
    return options
  }
}

/// How sources are read.
struct ReadingArguments: ParsableArguments {
  @Option(help: "Decoder processes; one for each core unless given.")
  var workers: Int?

  @Option(
    help: "Where untrusted bytes are touched and plugins run: process (sandboxed) or none (in this process).")
  var isolation: IsolationChoice = .process

  @Flag(help: "Read manifests as tables: a row is a record, even where it names an image.")
  var table = false

  @Option(help: "Drop this many leading components of every member path before it becomes a key.")
  var stripComponents = 0

  @Option(help: "Put this in front of every key.")
  var keyPrefix = ""

  @Option(help: "Seconds one record may take, and a reader may compute without getting anywhere.")
  var recordTimeout = 30

  @Option(help: "The largest member that is read, in MiB.")
  var maxMemberSize = 256

  @Option(help: "The largest image that is decoded, in megapixels.")
  var maxPixels = 268

  @Option(help: "MiB that all exact indexes (keys, contents, manifest rows ...) together may keep in memory.")
  var indexMemory = 1024

  @OptionGroup var hashKey: HashKeyArguments

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if let workers, !(1...1024).contains(workers) {
      throw ValidationError("--workers: expected 1 to 1024, found \(workers)")
    }
    for (name, value) in [
      ("--index-memory", indexMemory), ("--record-timeout", recordTimeout),
      ("--max-member-size", maxMemberSize), ("--max-pixels", maxPixels),
    ] where !(1...100_000).contains(value) {
      throw ValidationError("\(name): expected 1 to 100000, found \(value)")
    }
  }

  func options(for sources: [SourceArgument]) throws -> IngestOptions {
    var options = IngestOptions(sources: sources)
    options.hashKey = try hashKey.key()
    options.workers = workers ?? 0
    options.showsProgress = !quiet
    options.readsTables = table
    options.indexMemory = indexMemory << 20
    options.isolation = isolation == .process ? .process : .none
    options.stripComponents = stripComponents
    options.keyPrefix = keyPrefix
    options.limits.seconds = recordTimeout
    options.limits.memberBytes = maxMemberSize << 20
    options.limits.pixels = maxPixels * 1_000_000
    return options
  }
}

/// The words of `--isolation`.
enum IsolationChoice: String, ExpressibleByArgument, CaseIterable {
  case process, none
}
