import ArgumentParser
import AssayCore
import AssayEngine

/// `assay check`: validate, profile and compare in one pass over the data.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Validates data and compares it with a reference profile, or those its schema names, in one pass.")

  @OptionGroup var ingest: IngestArguments
  @OptionGroup var judging: JudgingArguments
  @OptionGroup var plugins: PluginArguments

  @Option(help: "The profile to compare with; without it the schema's `drift: {references: ...}`.")
  var reference: String?

  @Option(
    help: "The index made with that profile (profile --index FILE), to count what the data shares with it.")
  var referenceIndex: String?

  @Option(help: .hidden)
  var join: String?

  @Option(name: [.short, .long], help: "Write the profile of the data as well.")
  var output: String?

  func validate() throws {
    guard join == nil else {
      throw ValidationError(
        "--join: check compares with profiles, which keep no records that could be matched; expected assay compare REFERENCE CURRENT --join \(join ?? "key"), with sources on both sides"
      )
    }
    if reference == nil, judging.schema == nil || referenceIndex != nil {
      throw ValidationError("expected --reference PROFILE, or a --schema that names references")
    }
    guard let output, [judging.records, judging.rejects, judging.accepted].contains(output) else { return }
    throw ValidationError("\(output): two outputs cannot be one file")
  }

  mutating func run() throws {
    var request = try judging.request(ingest, plugins)
    request.profiles = true
    let report = try Check(request, reference: reference, referenceIndex: referenceIndex).run()
    if let output { try ProfileFile.write(report.profile, to: output) }
    try judging.write(judging.format == .json ? report.json() : report.text(), besides: output)
    try judging.failOn.check(report.validation)
    try judging.failOn.check(report.comparison.verdict)
  }
}
