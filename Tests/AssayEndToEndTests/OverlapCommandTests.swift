import AssayTestSupport
import Foundation
import Testing

/// A test set with a picture of the training set in it.
struct OverlapCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for number in 0..<8 {
      try folder.write(ForgedPicture(seed: UInt64(number)).jpeg(), to: "train/\(number).jpg")
      try folder.write(ForgedPicture(seed: UInt64(100 + number)).jpeg(), to: "test/\(number).jpg")
    }
    try folder.write("assay: 1\ndrift: off\noverlap: {exact: 0, near: 0, turned: 0}\n", to: "schema.yaml")
  }

  private func run(_ arguments: [String]) throws -> Assay.Run { try Assay.run(arguments, in: folder.url) }

  @Test func aCleanSplitPasses() throws {
    let run = try run(["compare", "train", "test", "--schema", "schema.yaml"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("overlap   0 of 8 current records have the content of a reference record"))
  }

  @Test func aLeakFailsAndNamesThePair() throws {
    try folder.write(ForgedPicture(seed: 5).turnedRight.jpeg(), to: "test/leak.jpg")
    let run = try run(["compare", "train", "test", "--schema", "schema.yaml"])
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.hasPrefix("FAIL") && run.output.contains(": overlap.turned violated\n"))
    #expect(run.output.contains("[overlap.turned]"))
    #expect(run.output.contains("- test/leak.jpg = train/5.jpg  (rotated by 90 degrees to the left"))
  }

  @Test func aWarningIsInTheSentence() throws {
    try folder.write(ForgedPicture(seed: 5).jpeg(), to: "test/leak.jpg")
    try folder.write("assay: 1\ndrift: off\noverlap: {exact: 0, severity: warn}\n", to: "schema.yaml")
    let run = try run(["compare", "train", "test", "--schema", "schema.yaml"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("(8 records): overlap.exact violated\n"), "\(run.output)")
  }

  @Test func anIndexBesideAProfileAnswersForIt() throws {
    try folder.write(ForgedPicture(seed: 5).jpeg(quality: 50), to: "test/leak.jpg")
    _ = try run(["profile", "train", "-o", "train.json", "--index", "train.index"])
    let arguments = [
      "test", "--schema", "schema.yaml", "--reference-index", "train.index", "--format", "json",
    ]
    for command in [["compare", "train.json"], ["check", "--reference", "train.json"]] {
      let run = try run(command + arguments)
      #expect(run.status == 1, "\(run.errors)")
      #expect(run.output.contains("\"code\": \"overlap.near\""))
      #expect(!run.output.contains("overlap.not-judged"))
    }
  }

  @Test func aProfileAloneDoesNotPassARule() throws {
    _ = try run(["profile", "train", "-o", "train.json"])
    let run = try run(["compare", "train.json", "test", "--schema", "schema.yaml"])
    #expect(run.status == 1 && run.output.contains("[overlap.not-judged]"), "\(run.output)")
  }
}
