import ArgumentParser
import AssayEngine

/// `assay accept`: what moved is known, and right, for a while.
struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Accepts findings of a comparison, up to an effect and until a day.",
    discussion: """
      Writes what moved into the schema's `drift: {accepted: [...]}` and changes nothing else of the file. From then on \
      `compare` and `check` pass it, under a heading of its own, as long as its effect is at most a quarter larger than \
      the one that was found and the day is not over; then it alarms again, and says so.
      """)

  @Argument(help: "A report of `compare --format json` or `check --format json`.")
  var report: String

  @Argument(help: "What moved: FEATURE for the whole set, FEATURE@SLICE for a slice.")
  var findings: [String]

  @Option(help: "The schema (YAML) that is written.")
  var schema: String

  @Option(help: "The last day on which it is accepted: 2026-12-31.")
  var until: String

  @Option(help: "Why it is right: shown wherever it is passed.")
  var because: String

  mutating func run() throws {
    let acceptance = Acceptance(
      report: report, findings: findings, schema: schema, until: until, because: because,
      today: Today.text)
    try StandardOutput.write(try acceptance.run())
  }
}
