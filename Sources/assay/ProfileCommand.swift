import ArgumentParser
import AssayCore
import AssayEngine
import AssayIngest

/// `assay profile`: the file a team keeps instead of the data.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Measures a dataset and writes its profile.")

  @OptionGroup var ingest: IngestArguments
  @OptionGroup var plugins: PluginArguments

  @Option(name: [.short, .long], help: "Where to write the profile (JSON; in gzip if the name ends in .gz).")
  var output: String

  @Option(help: "The schema (YAML): names, types, slices, and which fields are private.")
  var schema: String?

  @Option(help: "One of the schema's environments.")
  var environment: String?

  @Option(help: "Keep a sub-profile for each value of this field (at most 128).")
  var groupBy: String?

  @Option(help: "Keep a sub-profile for each stretch of time: 15m, 1h, 1d, 1w. Needs --time-field.")
  var window: Duration?

  @Option(help: "The field with the record's time: RFC 3339, or seconds since 1970.")
  var timeField: String?

  func validate() throws {
    if groupBy != nil, window != nil { throw ValidationError("--group-by and --window exclude each other") }
    if (window == nil) != (timeField == nil) {
      throw ValidationError("--window and --time-field need each other")
    }
  }

  @OptionGroup var empty: EmptyArguments

  @Option(help: "How to account for the records: text (on standard error) or json (on standard output).")
  var format: ReportFormat = .text

  mutating func run() throws {
    var options = try ingest.options()
    let schema = try RunSchema(
      path: schema, environment: environment, plugins: plugins.search, isolation: options.isolation)
    try groupBy.map { try schema.demandPublic($0, for: "--group-by") }
    try timeField.map { try schema.demandPublic($0, for: "--time-field") }
    schema.apply(to: &options)
    options.reading.groupField = groupBy
    options.reading.timeField = timeField
    let result = try Profiling(options, partition: partition).run()
    if !empty.allowEmpty { try result.set.demandRecords() }
    try ProfileFile.write(result.profile, to: output)
    var report = AccountsReport(command: "profile", output: output, set: result.set)
    report.warnings = result.profile.uncutWarning(timeField: timeField).map { [$0] } ?? []
    try report.print(as: format)
  }
}

extension ProfileCommand {
  private var partition: Partition {
    if let groupBy { return .groups(by: groupBy) }
    return window.map { .windows(seconds: $0.seconds) } ?? .none
  }
}

/// A stretch of time on the command line: a number and s, m, h, d or w.
struct Duration: ExpressibleByArgument {
  let seconds: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()), count > 0,
      !count.multipliedReportingOverflow(by: unit).overflow
    else { return nil }
    seconds = count * unit
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

  @OptionGroup var hashKey: HashKeyArguments

  @Flag(help: "Merge even if the parts are seen to share records; they count twice.")
  var allowOverlap = false

  @Option(help: "How to account for the records: text (on standard error) or json (on standard output).")
  var format: ReportFormat = .text

  mutating func run() throws {
    let merged = try ProfileFile.merge(
      profiles, hashKey: hashKey.key(), allowingOverlap: allowOverlap)
    try ProfileFile.write(merged.profile, to: output)
    switch format {
    case .text: StandardError.write(merged.line(for: output) + "\n")
    case .json: try StandardOutput.write(merged.jsonValue(output: output).reportText)
    }
    if merged.profile.isPartial {
      StandardError.write("assay: \(output): a part is of sources that were not read to their end\n")
      throw ExitStatus.incomplete
    }
  }
}
