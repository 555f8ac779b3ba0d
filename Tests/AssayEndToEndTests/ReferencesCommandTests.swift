import AssayTestSupport
import Foundation
import Testing

/// A set that is like last week's and unlike what the model was trained on.
struct ReferencesCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("", to: "ours/schema.yaml")
    let days = [("train", 0), ("monday", 60), ("tuesday", 60), ("today", 60)]
    for (day, (name, shift)) in days.enumerated() {
      // Each day has the same values, and no row of another.
      let rows = (0..<1000).map { "\($0 * 37 % 100 + shift),\(($0 * 7919 + 31 * day) % 1000)\n" }
      try folder.write("x,y\n" + rows.joined(), to: "\(name).csv")
      try run("profile", "\(name).csv", "-o", "ours/\(name).json", "--quiet")
    }
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> Assay.Run { try Assay.run(arguments, in: folder.url) }

  private func writeSchema(training: String) throws {
    let references =
      "{training: {profile: train.json, severity: \(training)}, recent: {profiles: [train.json, monday.json, tuesday.json], last: 2}}"
    try folder.write("assay: 1\ndrift:\n  references: \(references)\n", to: "ours/schema.yaml")
  }

  private func compare(training: String, _ options: String...) throws -> Assay.Run {
    try writeSchema(training: training)
    return try Assay.run(
      ["compare", "--references", "today.csv", "--schema", "ours/schema.yaml"] + options, in: folder.url)
  }

  @Test(arguments: [("error", Int32(1), "FAIL"), ("warn", 0, "WARN")])
  func oneRunJudgesAll(severity: String, status: Int32, word: String) throws {
    let run = try compare(training: severity)
    #expect(run.status == status, "\(run.errors)")
    #expect(run.output.hasPrefix("\(word)  today.csv against 2 references: training: alarm"), "\(run.output)")
    #expect(
      run.output.contains(
        "\nrecent\nPASS  today.csv (1000 records) against ours/monday.json + ours/tuesday.json (2000"))
    #expect(run.output.contains("(standard; see `false_alarms`), over all 2 references"))
  }

  @Test(arguments: [("error", Int32(1), "FAIL"), ("warn", 0, "WARN")])
  func checkComparesWithThemToo(severity: String, status: Int32, word: String) throws {
    try writeSchema(training: severity)
    let run = try run("check", "today.csv", "--schema", "ours/schema.yaml")
    #expect(run.status == status, "\(run.errors)")
    #expect(
      run.output.contains("\n\(word)  today.csv against 2 references: training: alarm"), "\(run.output)")
    #expect(
      run.output.hasPrefix(
        "\(word)  today.csv: validation: pass, comparison: \(word.lowercased())\n\nPASS  today.csv: "))
  }

  @Test(arguments: [("train", "ALARM", "alarm"), ("monday", "PASS", "pass")])
  func checkBeginsWithTheWorseOfBothVerdicts(reference: String, word: String, comparison: String) throws {
    let arguments = ["check", "today.csv", "--reference", "ours/\(reference).json"]
    let sentence = "\(word)  today.csv: validation: pass, comparison: \(comparison)"
    let run = try Assay.run(arguments, in: folder.url)
    #expect(run.output.hasPrefix("\(sentence)\n\n"), "\(run.output)")
    let report = try Assay.run(arguments + ["--format", "json"], in: folder.url).output
    #expect(
      report.contains("\n  \"verdict\": \"\(comparison)\",\n  \"sentence\": \"\(sentence)\","), "\(report)")
  }

  @Test func checkWithNothingToCompareWithIsAUsageError() throws {
    #expect(try run("check", "today.csv").status == 2)
  }

  @Test func whatItFoundIsAcceptedAgainstThatReferenceAlone() throws {
    try folder.write(try compare(training: "error", "--format", "json").output, to: "report.json")
    let run = try run(
      "accept", "report.json", "field.x", "--schema", "ours/schema.yaml", "--until", "9999-12-31",
      "--because",
      "b")
    #expect(
      run.status == 0 && run.output.contains("until 9999-12-31: field.x against training,"), "\(run.errors)")
    #expect(try folder.text("ours/schema.yaml").contains("    reference: \"training\"\n"))
    let references = try self.run("compare", "--references", "today.csv", "--schema", "ours/schema.yaml")
    #expect(references.status == 0 && references.output.contains("training: pass"), "\(references.output)")
    let other = try self.run("compare", "train.csv", "today.csv", "--schema", "ours/schema.yaml")
    #expect(other.status == 1, "no reference of that name: \(other.output)")
  }

  @Test func aSchemaWithoutReferencesIsAUsageError() throws {
    try folder.write("assay: 1\n", to: "other.yaml")
    let run = try run("compare", "--references", "today.csv", "--schema", "other.yaml")
    #expect(run.status == 2 && run.errors.contains("other.yaml: expected something to compare with"))
    #expect(try self.run("compare", "--references", "today.csv").status == 2)
  }
}
