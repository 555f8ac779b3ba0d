import AssayTestSupport
import Foundation
import Testing

/// `assay profile` that was asked to cut the set by a field.
struct ProfileCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      text: "{\"id\": 1, \"camera\": \"a\"}\n{\"id\": 2, \"camera\": \"b\"}\n", to: "rows.jsonl")
    try folder.write(
      text: "assay: 1\nfields: {camera: {privacy: dropped}, day: {privacy: {masked: sha256}}}\n",
      to: "schema.yaml")
  }

  private func profile(_ arguments: String...) throws -> Assay.Run {
    try Assay.run(["profile", "rows.jsonl", "-o", "set.json"] + arguments, in: folder.url)
  }

  @Test(arguments: [["--group-by", "nosuch"], ["--window", "1d", "--time-field", "camera"]])
  func aFieldThatCutsNothingIsAWarning(arguments: [String]) throws {
    let run = try Assay.run(["profile", "rows.jsonl", "-o", "set.json"] + arguments, in: folder.url)
    #expect(run.status == 0)
    #expect(
      run.errors.contains("warning  no record has") && run.errors.contains(arguments[arguments.count - 1]))
  }

  @Test func theWarningIsInTheReportForMachines() throws {
    let run = try profile("--group-by", "nosuch", "--format", "json")
    #expect(run.output.contains("\"warnings\": [") && run.output.contains("the field nosuch"))
  }

  @Test func aFieldThatCutsIsNoWarning() throws {
    #expect(try !profile("--group-by", "camera").errors.contains("warning"))
  }

  @Test(arguments: [["--group-by", "camera"], ["--window", "1d", "--time-field", "day"]])
  func aPrivateFieldIsAUsageErrorBeforeAnythingIsRead(arguments: [String]) throws {
    let run = try Assay.run(
      ["profile", "rows.jsonl", "-o", "set.json", "--schema", "schema.yaml"] + arguments, in: folder.url)
    #expect(run.status == 2 && run.errors.contains("private"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("set.json")))
  }
}
