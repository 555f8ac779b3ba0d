import ArgumentParser
import AssayCore
import AssayEngine

/// `assay validate`: is this data what we declared?
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Checks a dataset: its integrity, and the schema if one is given.")

  @OptionGroup var ingest: IngestArguments

  @Option(help: "Write every record as a row of JSON Lines.")
  var records: String?

  @Option(help: "Write the rejected records as rows of JSON Lines.")
  var rejects: String?

  @Option(help: "text or json.")
  var format: ReportFormat = .text

  @Flag(help: "Pass an empty dataset.")
  var allowEmpty = false

  mutating func run() throws {
    var request = ValidationRequest(ingest: try ingest.options())
    request.recordsPath = records
    request.rejectsPath = rejects
    request.allowEmpty = allowEmpty
    let report = try Validation(request).run()
    print(format == .json ? report.json() : report.text(), terminator: "")
    try report.throwStatus()
  }
}

/// The words of `--format`.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
