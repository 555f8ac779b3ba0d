import ArgumentParser
import AssayCore
import AssayEngine

/// `assay compare`: is this data still like the data we trained on?
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compares current data with a reference, feature by feature.",
    usage: """
      assay compare REFERENCE CURRENT... [<options>]
      assay compare REFERENCE MONDAY.json TUESDAY.json... [<options>]
      assay compare --reference SOURCE... --current SOURCE... [<options>]
      assay compare REFERENCE CURRENT --join key|FIELD [<options>]
      assay compare --references CURRENT... --schema SCHEMA [<options>]
      """,
    discussion: """
      A side is one profile (.json, .json.gz), or sources that are profiled now. The second form is for a reference \
      of several sources, as images and their manifest are. Several profiles as CURRENT are sets in order of time, each \
      judged by itself, as are the windows of one profile where the schema has `alarm_on`: `alarm_on: 2 of 3` in `drift` \
      alarms when two of any three in a row do, without it each alarm counts. `assay merge` makes one set of several. With `--references` every name is CURRENT, which is compared with each of the \
      schema's `drift: {references: ...}`.
      """)

  @Argument(help: "The reference, one profile or source, and then the sources of the current data.")
  var sides: [String] = []

  @Option(parsing: .upToNextOption, help: "The reference: a profile, or all the sources it is made of.")
  var reference: [String] = []

  @Option(parsing: .upToNextOption, help: "The current data: a profile, or all the sources it is made of.")
  var current: [String] = []

  @Flag(help: "Compare with every reference that the schema names.")
  var references = false

  @Option(
    help: """
      The index of a REFERENCE that is a profile, made with it (profile --index FILE): what CURRENT shares with it is \
      then counted record by record, and not estimated.
      """)
  var referenceIndex: String?

  @Option(
    help:
      "The schema (YAML); its drift section says how features are compared, its overlap section what must not be on both sides."
  )
  var schema: String?

  @Option(
    help: ArgumentHelp(
      """
      Match the records of both sides by their key, or by a field, and say in which features the same record differs: \
      skew, beside drift. Both sides are sources (or rows of validate --records) then.
      """, valueName: "key|FIELD"))
  var join: String?

  @Option(help: "One of the schema's environments.")
  var environment: String?

  @OptionGroup var reading: ReadingArguments
  @OptionGroup var plugins: PluginArguments
  @OptionGroup var empty: EmptyArguments

  @Option(help: "text or json.")
  var format: ReportFormat = .text

  @Option(help: "What makes the exit code 1: error, warn or never.")
  var failOn: FailOn = .error

  func validate() throws {
    if references { return try validateReferences() }
    if sides.isEmpty, !reference.isEmpty, !current.isEmpty { return }
    guard reference.isEmpty, current.isEmpty else {
      throw ValidationError(
        "expected both --reference SOURCE... and --current SOURCE..., and no name outside of them")
    }
    if sides.count < 2 {
      throw ValidationError("expected a REFERENCE and CURRENT, found \(counted(sides.count, "name"))")
    }
  }

  private func validateReferences() throws {
    guard join == nil else {
      throw ValidationError(
        "--join: references are profiles, which keep no records that could be matched; expected REFERENCE and CURRENT as sources"
      )
    }
    guard schema != nil else { throw ValidationError("--references needs --schema, which names them") }
    guard reference.isEmpty, referenceIndex == nil, sides.isEmpty != current.isEmpty else {
      throw ValidationError("with --references: expected the current data alone, as CURRENT... or --current")
    }
  }

  mutating func run() throws {
    if references { return try runReferences() }
    var question = ComparisonQuestion(
      reference: try SetArgument(reference.isEmpty ? [sides[0]] : reference),
      current: try SetArgument.series(reference.isEmpty ? Array(sides.dropFirst()) : current),
      ingest: try reading.options(for: []), plugins: plugins.search)
    question.allowsEmpty = empty.allowEmpty
    question.schemaPath = schema
    question.referenceIndexPath = referenceIndex
    question.join = try join.map { try SkewJoin($0) }
    question.today = Today.text
    question.environment = environment
    let report = try ComparisonRun(question).run()
    try StandardOutput.write(format == .json ? report.json() : report.text())
    if !report.incomplete.isEmpty { throw ExitStatus.incomplete }
    try failOn.check(report.verdict)
  }

  private func runReferences() throws {
    var question = ReferencesQuestion(
      current: try SetArgument.series(sides.isEmpty ? current : sides), schemaPath: schema ?? "",
      ingest: try reading.options(for: []), plugins: plugins.search)
    question.allowsEmpty = empty.allowEmpty
    question.today = Today.text
    question.environment = environment
    let report = try ReferencesRun(question).run()
    try StandardOutput.write(format == .json ? report.json() : report.text())
    if !report.incomplete.isEmpty { throw ExitStatus.incomplete }
    try failOn.check(report.verdict)
  }
}
