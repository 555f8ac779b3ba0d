import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Law 2: nothing is lost; both sums add up, and a short answer is a failed run.
struct AccountingLawTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func report(_ sources: [String]) throws -> ValidationReport {
    try Validation(ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse(sources)))).run()
      .report
  }

  @Test func aThousandFilesAnswerAThousandRows() throws {
    let image = SmallSet.image(1, seed: 3)
    for index in 0..<997 { try folder.write(image, to: "set/\(index % 10)/\(index).jpg") }
    try folder.write(Array(image.dropLast(image.count / 2)), to: "set/0/truncated.jpg")
    try folder.write([UInt8](), to: "set/1/empty.jpg")
    try folder.write([1, 2, 3, 4], to: "set/2/junk.jpg")
    let report = try report([folder.path + "/set"])
    #expect(report.counts.seen == 1000)
    #expect(report.counts.accepted == 997)
    #expect(report.counts.rejected == 3)
    #expect(report.verdict == .fail)
    #expect(report.sources[0].isBalanced)
    #expect(report.sources[0].entries == 1010)
    #expect(report.sources[0].counts.directories == 10)
  }

  @Test(arguments: ArchiveForge.Format.allCases)
  func membersOfEveryContainerAddUp(format: ArchiveForge.Format) throws {
    let members = SmallSet.members() + [.init("notes.pdf", Array("%PDF".utf8)), .init("deep", nil)]
    let path = try folder.write(ArchiveForge.archive(format, members), to: "set.\(format.rawValue)")
    let report = try report([path])
    #expect(report.incompleteSources.isEmpty, "\(report.sources)")
    #expect(report.sources[0].entries == members.count)
    #expect(report.sources[0].counts.ignored == 2)
    #expect(report.sources[0].counts.directories == 1)
    #expect(report.sources[0].counts.other == 1)
    #expect(report.counts.seen == 24)
    #expect(report.counts.seen == report.counts.accepted + report.counts.rejected)
  }

  @Test(arguments: [ArchiveForge.Format.tar, .tarGzip, .zip, .sevenZip])
  func aContainerThatWasCutShortIsIncomplete(format: ArchiveForge.Format) throws {
    let whole = ArchiveForge.archive(format, SmallSet.members())
    let path = try folder.write(Array(whole.prefix(whole.count * 2 / 3)), to: "cut")
    let report = try report([path])
    #expect(report.incompleteSources.count == 1)
    #expect(report.sources[0].isBalanced)
  }

  @Test func aTarThatEndsBetweenTwoMembersIsIncomplete() throws {
    let whole = ArchiveForge.archive(.tar, [.init("a.jpg", SmallSet.image(1, seed: 1))])
    // Header and padded bytes of the only member, without the end mark.
    let member = 512 + (SmallSet.image(1, seed: 1).count + 511) / 512 * 512
    let report = try report([try folder.write(Array(whole.prefix(member)), to: "cut.tar")])
    #expect(report.sources[0].failure?.contains("end mark") == true)
  }

  @Test func aCommandThatFailsMakesTheRunIncomplete() throws {
    let tar = try folder.write(ArchiveForge.archive(.tar, SmallSet.members()), to: "set.tar")
    let report = try report(["pipe:cat '\(tar)'; exit 3"])
    #expect(report.sources[0].failure == "the command exited with code 3")
    #expect(report.counts.seen == 24)
  }

  @Test func anEmptySetFails() throws {
    try folder.write([ArchiveForge.Member](), to: "nothing")
    #expect(try report([folder.path]).verdict == .fail)
  }
}
