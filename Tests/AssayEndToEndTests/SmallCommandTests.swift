import AssayTestSupport
import Foundation
import Testing

struct ExplainCommandTests {
  @Test(
    arguments: [
      "field.range", "decode.truncated", "row.malformed", "damaged", "org.assay.kl/1", "kl", "brightness",
      "image.brightness", "decode.unsupported (webp)",
    ])
  func aWordOfAReportHasAPage(word: String) throws {
    let run = try Assay.run(["explain", word])
    #expect(run.status == 0 && run.output.split(separator: "\n").count >= 3, "\(run.errors)")
  }

  @Test func aComparatorsPageNamesItsSource() throws {
    #expect(try Assay.run(["explain", "org.assay.kl/1"]).output.contains("doi:"))
  }

  @Test func anUnknownCodeIsAUsageErrorThatNamesTheNearest() throws {
    let run = try Assay.run(["explain", "field.rnage"])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("did you mean \"field.range\"?"))
  }

  @Test(arguments: ["field.range", "entry.encrypted", "unreadable", "org.assay.kl/1", "image.phash"])
  func withoutACodeTheListHasIt(word: String) throws {
    let run = try Assay.run(["explain"])
    #expect(run.status == 0 && run.output.contains("\n  \(word) "))
  }
}

struct SchemaCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func theEffectiveSchemaSaysWhereALineIsFrom() throws {
    _ = try folder.write(text: "assay: 1\nrecords: {count: {min: 7}}\n", to: "base.yaml")
    _ = try folder.write(text: "assay: 1\nextends: base.yaml\n", to: "schema.yaml")
    let run = try Assay.run(["schema", "show", "schema.yaml"], in: folder.url)
    #expect(run.status == 0 && run.output.contains("min: 7") && run.output.contains("# base.yaml:2"))
  }

  @Test func aGoodSchemaChecks() throws {
    let path = try folder.write(text: "assay: 1\nfields: {age: {type: integer}}\n", to: "schema.yaml")
    #expect(try Assay.run(["schema", "check", path]).status == 0)
  }

  @Test(arguments: ["check", "show"])
  func aMistakeIsAUsageErrorWithItsPlace(command: String) throws {
    let path = try folder.write(text: "assay: 1\nfeilds: {}\n", to: "schema.yaml")
    let run = try Assay.run(["schema", command, path])
    #expect(run.status == 2 && run.errors.contains("schema.yaml:2:1") && run.errors.contains("\"fields\""))
  }

  @Test func anUndeclaredEnvironmentIsAUsageError() throws {
    let path = try folder.write(text: "assay: 1\nenvironments: [training]\n", to: "schema.yaml")
    #expect(try Assay.run(["schema", "check", path, "--environment", "production"]).status == 2)
  }
}

struct ShowCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    arguments: [
      ": 40 records\n", "image \"image\": 40 ok\n", "image.width ", "64 (40)", "field.label ", "field.score ",
    ])
  func aProfileIsSummarised(part: String) throws {
    let photos = try PhotoFolder()
    _ = try Assay.run(["profile"] + photos.sources + ["-o", folder.file("set.json")])
    let run = try Assay.run(["show", folder.file("set.json")])
    #expect(run.status == 0 && run.output.contains(part), "\(run.output)\(run.errors)")
  }

  @Test func whatIsNoProfileIsUnreadable() throws {
    let path = try folder.write(text: "{\"a\": 1}\n", to: "set.json")
    let run = try Assay.run(["show", path])
    #expect(run.status == 3 && run.errors.contains("set.json:1:2: "))
  }
}

struct UnreadableInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    arguments: [
      ["validate", "NOTHING"], ["profile", "NOTHING", "-o", "OUT"], ["validate", "@NOTHING"],
      ["compare", "NOTHING", "NOTHING"], ["compare", "NOTHING.json", "NOTHING.json"],
      ["show", "NOTHING.json"],
      ["merge", "NOTHING.json", "-o", "OUT"], ["infer", "NOTHING.json", "-o", "OUT"],
    ])
  func whatDoesNotExistExitsWithThree(arguments: [String]) throws {
    let run = try Assay.run(arguments, in: folder.url)
    #expect(run.status == 3 && run.errors.contains("NOTHING"), "\(run.errors)")
  }

  @Test(arguments: [
    ["validate"], ["infer", "."], ["explain", "a", "b"], ["valdiate"], ["schema", "check", "none.yaml"],
  ])
  func aUsageErrorExitsWithTwo(arguments: [String]) throws {
    #expect(try Assay.run(arguments, in: folder.url).status == 2)
  }
}
