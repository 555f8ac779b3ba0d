import AssayTestSupport
import Foundation
import Testing

/// A current set of seven days that is another from the fourth on.
struct WindowCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try profile("train", month: "02") { _ in 0 }
    try profile("week", month: "03") { $0 < 4 ? 0 : 100 }
    try folder.write("assay: 1\ndrift: {alarm_on: 2 of 3}\n", to: "schema.yaml")
  }

  /// Seven days of 100 rows each, in windows of a day.
  private func profile(_ name: String, month: String, extra: String = "", shift: (Int) -> Int) throws {
    let rows = (1...7).flatMap { day in
      (0..<100).map {
        "2026-\(month)-0\(day)T\(10 + $0 % 10):00:00Z,\($0 * 37 % 100 + shift(day)),\(day)-\($0)\n"
      }
    }
    try folder.write("taken,x,name\n" + rows.joined() + extra, to: "\(name).csv")
    _ = try Assay.run(
      ["profile", "\(name).csv", "--window", "1d", "--time-field", "taken", "-o", "\(name).json", "--quiet"],
      in: folder.url)
  }

  private func compare(_ options: String...) throws -> Assay.Run {
    try Assay.run(["compare", "train.json", "week.json"] + options, in: folder.url)
  }

  @Test func theReportSaysSinceWhen() throws {
    let run = try compare()
    #expect(run.status == 1, "\(run.errors)")
    #expect(
      run.output.contains("\n  since     2026-03-04T00:00:00Z: 4 of 7 windows moved\n"), "\(run.output)")
    let json = try compare("--format", "json").output
    #expect(json.contains("\"first_window\": \"2026-03-04T00:00:00Z\""), "\(json.prefix(2000))")
  }

  @Test func aWindowDoesNotAlarmForBeingOne() throws {
    let run = try compare("--schema", "schema.yaml")
    #expect(
      run.output.contains(
        "7 sets against train.json: 4 drifted (alarm on 2 of 3), the first is week.json from "
          + "2026-03-04T00:00:00Z"), "\(run.output)")
    #expect(
      run.output.contains("note: 1 field not compared, as the window says all of it: field.taken\n"),
      "\(run.output)")
  }

  @Test func recordsWithoutATimeAreNoPassOfAnyReference() throws {
    try profile("same", month: "04", extra: ",5,loose\n") { _ in 0 }
    try folder.write(
      "assay: 1\ndrift: {alarm_on: 2 of 3, references: {training: {profile: train.json}}}\n", to: "named.yaml"
    )
    let run = try Assay.run(
      ["compare", "--references", "same.json", "--schema", "named.yaml"], in: folder.url)
    #expect(run.output.hasPrefix("WARN"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("in none of these sets, and not judged: 1 record\n"), "\(run.output)")
  }
}
