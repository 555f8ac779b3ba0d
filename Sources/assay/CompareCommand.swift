import ArgumentParser
import AssayCore
import AssayEngine

/// `assay compare`: is this data still like the data we trained on?
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compares current data with a reference, feature by feature.")

  @Argument(help: "The reference: a profile (.json), or a source that is profiled now.")
  var reference: String

  @Argument(help: "The current data: a profile (.json), or a source that is profiled now.")
  var current: String

  @Option(help: "The schema (YAML); its drift section says how features are compared.")
  var schema: String?

  @Option(help: "One of the schema's environments.")
  var environment: String?

  @OptionGroup var reading: ReadingArguments
  @OptionGroup var plugins: PluginArguments

  @Option(help: "text or json.")
  var format: ReportFormat = .text

  @Option(help: "What makes the exit code 1: error, warn or never.")
  var failOn: FailOn = .error

  mutating func run() throws {
    var question = ComparisonQuestion(
      reference: reference, current: current, ingest: reading.options(for: []),
      plugins: plugins.search)
    question.schemaPath = schema
    question.environment = environment
    let report = try ComparisonRun(question).run()
    try StandardOutput.write(format == .json ? report.json() : report.text())
    if !report.incomplete.isEmpty { throw ExitStatus.incomplete }
    try failOn.check(report.verdict)
  }
}
