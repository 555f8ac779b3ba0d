import ArgumentParser
import AssayCore
import AssayEngine

/// `assay validate`: is this data what we declared?
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Checks a dataset: its integrity, and the schema if one is given.")

  @OptionGroup var ingest: IngestArguments
  @OptionGroup var judging: JudgingArguments
  @OptionGroup var plugins: PluginArguments

  mutating func run() throws {
    let (report, _) = try Validation(try judging.request(ingest, plugins)).run()
    try judging.write(judging.format == .json ? report.json() : report.text())
    try judging.failOn.check(report)
  }
}

/// What commands that judge records have in common.
struct JudgingArguments: ParsableArguments {
  @Option(help: "The schema (YAML). Without one, only integrity is checked.")
  var schema: String?

  @Option(help: "One of the schema's environments.")
  var environment: String?

  @Option(help: "Write every record as a row of JSON Lines. Here as elsewhere, - is standard output.")
  var records: String?

  @Option(help: "Write the rejected records as rows of JSON Lines.")
  var rejects: String?

  @Option(help: "Write the accepted records: the manifest's own rows, or rows of JSON Lines without one.")
  var accepted: String?

  @Option(help: "text or json.")
  var format: ReportFormat = .text

  @Option(help: "What makes the exit code 1: error, warn or never.")
  var failOn: FailOn = .error

  @OptionGroup var empty: EmptyArguments

  func validate() throws {
    let outputs = [records, rejects, accepted].compactMap(\.self)
    for (index, output) in outputs.enumerated() where outputs[..<index].contains(output) {
      throw ValidationError("\(output): two outputs cannot be one file")
    }
  }

  /// Writes the report to standard output, or to standard error where one of the outputs has taken that.
  func write(_ report: String, besides output: String? = nil) throws {
    guard [records, rejects, accepted, output].contains("-") else { return try StandardOutput.write(report) }
    StandardError.write(report)
  }

  func request(_ ingest: IngestArguments, _ plugins: PluginArguments) throws -> ValidationRequest {
    var request = ValidationRequest(ingest: try ingest.options())
    request.schemaPath = schema
    request.plugins = plugins.search
    request.environment = environment
    request.recordsPath = records
    request.rejectsPath = rejects
    request.acceptedPath = accepted
    request.allowsEmpty = empty.allowEmpty
    request.today = Today.text
    return request
  }
}

/// The words of `--format`.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// The words of `--fail-on`.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
  case error, warn, never

  /// Throws the exit status of a report, unless it is 0.
  func check(_ report: ValidationReport) throws {
    if !report.incompleteSources.isEmpty { throw ExitStatus.incomplete }
    try check(report.verdict)
  }

  /// Throws `failed` if the verdict is as bad as this asks for.
  func check(_ verdict: Verdict) throws {
    switch self {
    case .never: return
    case .warn: if verdict >= .warn { throw ExitStatus.failed }
    case .error: if verdict == .fail { throw ExitStatus.failed }
    }
  }
}
