import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

struct CompanionImageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ pattern: String) throws -> (records: [Observation], source: SourceReport) {
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path]))
    options.imagePatterns = [ImagePattern(name: "mask", pattern: pattern)].compactMap { $0 }
    let collector = Collector()
    let summary = try IngestRun(options, consumers: [collector]).run()
    return (collector.observations, summary.sources[0])
  }

  @Test(arguments: [("images/", "masks/", ".png", "masks/*.png"), ("", "", "_mask.png", "*_mask.png")])
  func masksJoinTheirImagesWhereverTheyLie(main: String, mask: String, suffix: String, pattern: String) throws
  {
    for index in 0..<12 {
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: "\(main)\(index).jpg")
      try folder.write(SmallSet.image(3, seed: UInt64(index)), to: "\(mask)\(index)\(suffix)")
    }
    let (records, source) = try run(pattern)
    #expect(records.count == 12)
    #expect(records.allSatisfy { $0.images.map(\.name) == ["image", "mask"] })
    #expect(source.counts.members == 24)
    #expect(source.isBalanced)
  }

  @Test func aMaskWithoutAnImageIsARecordOfItsOwn() throws {
    try folder.write(SmallSet.image(1, seed: 1), to: "images/a.jpg")
    try folder.write(SmallSet.image(3, seed: 1), to: "masks/b.png")
    let (records, source) = try run("masks/*.png")
    #expect(records.map { $0.images.map(\.name) } == [["image"], ["mask"]])
    #expect(source.isBalanced)
  }

  @Test(arguments: ["masks/*.png", "*_mask.png"])
  func aPatternAndAContainerDoNotGoTogether(pattern: String) throws {
    let tar = try folder.write(
      ArchiveForge.archive(.tar, [.init("images/a.jpg", SmallSet.image(1, seed: 1))]), to: "set.tar")
    var options = IngestOptions(sources: try SourceArgument.parse([tar]))
    options.imagePatterns = [ImagePattern(name: "mask", pattern: pattern)].compactMap { $0 }
    let collector = Collector()
    let error = #expect(throws: ConfigurationError.self) {
      try IngestRun(options, consumers: [collector]).run()
    }
    #expect(collector.observations.isEmpty)
    let words = [tar, pattern, "a folder", "a container", "0.mask.png"]
    #expect(words.allSatisfy { error?.description.contains($0) == true }, "\(error?.description ?? "")")
  }

  @Test func compareRefusesAPatternForAContainerBeforeItReadsTheReference() throws {
    let tar = try folder.write(
      ArchiveForge.archive(.tar, [.init("images/a.jpg", SmallSet.image(1, seed: 1))]), to: "set.tar")
    var question = ComparisonQuestion(
      reference: .sources([]), current: [try SetArgument([tar])], ingest: IngestOptions(sources: []),
      plugins: PluginSearch())
    question.schemaPath = try folder.write(
      Array("assay: 1\nimages: {image: {}, mask: {members: [\"masks/*.png\"]}}\n".utf8), to: "schema.yaml")
    let run = try ComparisonRun(question)
    #expect(throws: ConfigurationError.self) { try run.run() }
  }

  @Test func namesOfNeighboursAndAContainerGoTogether() throws {
    let image = SmallSet.image(1, seed: 1)
    let members: [ArchiveForge.Member] = [
      .init("a.jpg", image), .init("a.mask.png", SmallSet.image(3, seed: 1)),
    ]
    let tar = try folder.write(ArchiveForge.archive(.tar, members), to: "set.tar")
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([tar])))
    request.schemaPath = try folder.write(
      Array("assay: 1\nimages: {image: {}, mask: {members: [\"*.mask.png\"]}}\n".utf8), to: "schema.yaml")
    #expect(try Validation(request).run().report.verdict == .pass)
  }

  @Test func twoImagesOfOneStemDoNotShareAMask() throws {
    for name in ["images/a.jpg", "images/a.png", "masks/a.png"] {
      try folder.write(SmallSet.image(1, seed: UInt64(name.utf8.count)), to: name)
    }
    let (records, source) = try run("masks/*.png")
    #expect(records.map(\.images.count).sorted() == [1, 2])
    #expect(source.isBalanced)
  }
}
