import ArgumentParser
import AssayCore
import AssayEngine

/// `assay profile`: the file a team keeps instead of the data.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Measures a dataset and writes its profile.")

  @OptionGroup var ingest: IngestArguments

  @Option(name: [.short, .long], help: "Where to write the profile (JSON).")
  var output: String

  @Option(help: "The schema (YAML): names, types, slices, and which fields are private.")
  var schema: String?

  @Option(help: "One of the schema's environments.")
  var environment: String?

  mutating func run() throws {
    var options = try ingest.options()
    try RunSchema(path: schema, environment: environment).apply(to: &options)
    let result = try Profiling(options).run()
    try ProfileFile.write(result.profile, to: output)
    let counts = result.counts
    StandardError.write("\(output): \(counts.seen) records, \(counts.rejected) of them not whole\n")
    let incomplete = result.summary.sources.compactMap { source in
      source.failure.map { "\(source.name): \($0)" }
    }
    for line in incomplete { StandardError.write("assay: \(line)\n") }
    if !incomplete.isEmpty { throw ExitStatus.incomplete }
  }
}

/// `assay merge`: the profile of parts that were profiled apart.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Adds the profiles of different records, to the byte what one run would have given.")

  @Argument(help: "Profiles of records that do not overlap.")
  var profiles: [String]

  @Option(name: [.short, .long], help: "Where to write the profile of all of them.")
  var output: String

  @Flag(help: "Merge even if the parts are seen to share records; they count twice.")
  var allowOverlap = false

  mutating func run() throws {
    let merged = try ProfileFile.merge(profiles, allowingOverlap: allowOverlap)
    try ProfileFile.write(merged, to: output)
    StandardError.write("\(output): \(merged.recordCount) records\n")
  }
}
