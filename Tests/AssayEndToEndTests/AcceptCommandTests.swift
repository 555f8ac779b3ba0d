import AssayTestSupport
import Foundation
import Testing

/// A drift is found, accepted, and found again once it grows.
struct AcceptCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, shift) in [("train", 0), ("today", 60), ("later", 95)] {
      let rows = (0..<300).map { "\($0 * 37 % 100 + shift),\($0 * 7919 % 300)\n" }
      try folder.write("x,y\n" + rows.joined(), to: "\(name).csv")
    }
    try folder.write("assay: 1  # ours\n", to: "schema.yaml")
  }

  private func run(_ arguments: String...) throws -> Assay.Run { try Assay.run(arguments, in: folder.url) }

  private func compare(_ current: String) throws -> Assay.Run {
    try run("compare", "train.csv", current, "--schema", "schema.yaml")
  }

  private func accept(_ finding: String) throws -> Assay.Run {
    let report = try run("compare", "train.csv", "today.csv", "--format", "json")
    try folder.write(report.output, to: "report.json")
    return try run(
      "accept", "report.json", finding, "--schema", "schema.yaml", "--until", "9999-12-31", "--because",
      "a new scale")
  }

  @Test func whatIsAcceptedPassesUntilItGrows() throws {
    #expect(try compare("today.csv").status == 1)
    let accepted = try accept("field.x")
    #expect(
      accepted.status == 0 && accepted.output.contains("field.x, org.assay.ks/1 at most"),
      "\(accepted.errors)")
    #expect(try folder.text("schema.yaml").hasPrefix("assay: 1  # ours\ndrift:\n  accepted:\n"))
    let today = try compare("today.csv")
    #expect(today.status == 0 && today.output.contains("until 9999-12-31: a new scale"), "\(today.output)")
    let later = try compare("later.csv")
    #expect(
      later.status == 1 && later.output.contains("accepted with org.assay.ks/1 at most"), "\(later.output)")
  }

  @Test func checkPassesItToo() throws {
    _ = try accept("field.x")
    _ = try run("profile", "train.csv", "-o", "train.json")
    let check = try run("check", "today.csv", "--reference", "train.json", "--schema", "schema.yaml")
    #expect(check.status == 0 && check.output.contains("accepted field.x"), "\(check.output)\(check.errors)")
  }

  @Test func aFindingThatDidNotMoveIsAUsageError() throws {
    let run = try accept("field.y")
    #expect(run.status == 2 && run.errors.contains("these did: field.x"), "\(run.errors)")
  }
}
