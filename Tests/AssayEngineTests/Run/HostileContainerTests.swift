import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Containers that were damaged or forged: what is lost is said, and what can be read is read.
struct HostileContainerTests {
  private let folder: TemporaryFolder
  private let members = (0..<6).map { ArchiveForge.Member("\($0).jpg", SmallSet.image(1, seed: UInt64($0))) }

  init() throws { folder = try TemporaryFolder() }

  private func report(
    _ source: String, _ change: (inout IngestOptions) -> Void = { _ in }
  ) throws -> ValidationReport {
    var options = IngestOptions(sources: try SourceArgument.parse([source]))
    change(&options)
    return try Validation(ValidationRequest(ingest: options)).run().report
  }

  /// The length of a member in a tar: a header and whole blocks.
  private func blocks(_ member: ArchiveForge.Member) -> Int {
    512 + ((member.bytes?.count ?? 0) + 511) / 512 * 512
  }

  @Test func aTarWithADamagedHeaderIsIncomplete() throws {
    var tar = ArchiveForge.archive(.tar, members)
    tar[blocks(members[0]) + blocks(members[1])] ^= 1
    let report = try report(try folder.write(tar, to: "damaged.tar"))
    #expect(report.counts.seen == 5)
    #expect(report.sources[0].failure?.contains("after member 2") == true)
  }

  @Test func tarsThatWereConcatenatedAreReadToTheEnd() throws {
    let tar = ArchiveForge.archive(.tar, Array(members.prefix(2))) + ArchiveForge.archive(.tar, members)
    let report = try report(try folder.write(tar, to: "two.tar"))
    #expect(report.counts.seen == 8)
    #expect(report.incompleteSources.isEmpty)
  }

  @Test func bytesBehindTheEndOfATarMakeItIncomplete() throws {
    let tar = ArchiveForge.archive(.tar, members) + [UInt8](repeating: 0x41, count: 2048)
    let report = try report(try folder.write(tar, to: "more.tar"))
    #expect(report.counts.seen == 6)
    #expect(report.incompleteSources.count == 1)
  }

  @Test func aHardLinkIsReadAsTheMemberItNames() throws {
    let links = [ArchiveForge.Member("link.jpg", linkTo: "0.jpg"), .init("again.jpg", linkTo: "link.jpg")]
    let report = try report(try folder.write(ArchiveForge.archive(.tar, members + links), to: "links.tar"))
    #expect(report.counts.accepted == 8)
    #expect(report.duplicateContents == 2)
  }

  @Test func aHardLinkThatCannotBeReadIsARejectedRecord() throws {
    let link = ArchiveForge.Member("link.jpg", linkTo: "0.jpg")
    let report = try report(
      try folder.write(ArchiveForge.archive(.tarGzip, members + [link]), to: "links.tgz"))
    #expect(report.counts.rejected == 1)
    #expect(report.sources[0].counts.other == 0)
    #expect(report.counts.remarks.first?.examples.first?.found.contains("hard link to 0.jpg") == true)
  }

  @Test func aContainerThatWasCompressedTwiceIsRefusedByName() throws {
    let twice = ArchiveForge.gzipped(ArchiveForge.archive(.tarGzip, members))
    let report = try report(try folder.write(twice, to: "twice.tar.gz.gz"))
    #expect(report.sources[0].failure?.contains("compressed more than once") == true)
    #expect(report.counts.seen == 0)
  }

  @Test func namesThatAreNotUTF8StayApart() throws {
    var tar = ArchiveForge.archive(.tar, Array(members.prefix(2)))
    let second = blocks(members[0])
    for (start, byte) in [(0, UInt8(0xFE)), (second, 0xFF)] { tar.rename(header: start, firstByte: byte) }
    var options = IngestOptions(sources: try SourceArgument.parse([try folder.write(tar, to: "names.tar")]))
    options.workers = 1
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    #expect(collector.observations.map(\.key.display) == [#"\xFE.jpg"#, #"\xFF.jpg"#])
    #expect(collector.observations.map(\.locator.member) == [#"\xFE.jpg"#, #"\xFF.jpg"#])
  }

  @Test func aDamagedMemberOfAZipCostsOnlyItself() throws {
    var zip = ArchiveForge.archive(.zip, members)
    // In the middle of the first member, behind its header and its extra fields.
    for index in 200..<300 { zip[index] ^= 0x5A }
    let report = try report(try folder.write(zip, to: "damaged.zip"))
    #expect(report.counts.seen == 6)
    #expect(report.counts.accepted == 5)
    #expect(report.incompleteSources.isEmpty)
  }

  @Test func aZipWhoseCommentLooksLikeItsEndIsNotEmpty() throws {
    var zip = ArchiveForge.archive(.zip, members)
    let forged: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 40)
    zip[zip.count - 2] = UInt8(forged.count)
    let report = try report(try folder.write(zip + forged, to: "comment.zip"))
    #expect(report.counts.seen == 6 || report.incompleteSources.count == 1)
  }

  @Test func moreWorkersThanAMessageHasDescriptorsReadAContainer() throws {
    let path = try folder.write(ArchiveForge.archive(.tar, members), to: "set.tar")
    #expect(try report(path) { $0.workers = 64 }.counts.accepted == 6)
  }

  @Test func theMembersOfOneRecordTogetherAreBounded() throws {
    let large = ArchiveForge.Member("a.jpg", [UInt8](repeating: 0, count: 3 << 20))
    let path = try folder.write(ArchiveForge.archive(.zip, [large, large, large]), to: "same.zip")
    let report = try report(path) { $0.limits.memberBytes = 4 << 20 }
    #expect(report.counts.seen == 3)
    #expect(report.counts.count(of: .refused) == 2)
  }
}

extension [UInt8] {
  /// Changes the first byte of a member's name in the tar header at `start`, and the checksum with it.
  fileprivate mutating func rename(header start: Int, firstByte: UInt8) {
    self[start] = firstByte
    let blank = [UInt8](repeating: 0x20, count: 8)
    replaceSubrange(start + 148..<start + 156, with: blank)
    let sum = self[start..<start + 512].reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    let text = String(repeating: "0", count: 6 - digits.count) + digits
    replaceSubrange(start + 148..<start + 156, with: Array(text.utf8) + [0, 0x20])
  }
}
