import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// What is said of a container whose members are not in the order of their paths.
struct MemberIndexTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Packs members of those names: images of different content, and sidecars without fields.
  private func notices(
    _ names: [String], _ format: ArchiveForge.Format = .tar, adjust: (inout IngestOptions) -> Void = { _ in }
  ) throws -> [RemarkCount] {
    let members = names.enumerated().map { index, name in
      ArchiveForge.Member(
        name, name.hasSuffix(".json") ? Array("{}".utf8) : SmallSet.image(1, seed: UInt64(index)))
    }
    let path = try folder.write(ArchiveForge.archive(format, members), to: "set")
    var options = IngestOptions(sources: try SourceArgument.parse([path]))
    adjust(&options)
    return try Profiling(options).run().summary.notices
  }

  private func counts(_ notices: [RemarkCount]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: notices.map { ($0.kind.code, $0.count) })
  }

  @Test(arguments: [ArchiveForge.Format.tar, .zip, .tarGzip])
  func sidecarsApartFromTheirImagesAreReported(format: ArchiveForge.Format) throws {
    let notices = try notices(["0.jpg", "1.jpg", "0.json", "1.json"], format)
    #expect(counts(notices) == ["record.split-key": 2])
    #expect(notices[0].examples[0].locator.member == "0.json")
  }

  @Test(arguments: [ArchiveForge.Format.tar, .zip, .tarGzip])
  func masksApartFromTheirImagesAreReported(format: ArchiveForge.Format) throws {
    let notices = try notices(["d/0.mask.png", "d/1.jpg", "d/1.mask.png", "d/0.jpg"], format)
    #expect(counts(notices) == ["record.split-key": 1])
    #expect(notices[0].examples[0].locator.member == "d/0.mask.png")
    #expect(notices[0].examples[0].found.contains("d/0.jpg"))
    #expect(notices[0].kind.severity == .warn)
  }

  @Test func declaredSecondImagesAreLookedForToo() throws {
    let names = ["0.depth.png", "1.jpg", "0.jpg"]
    #expect(try notices(names).isEmpty)
    #expect(counts(try notices(names) { $0.secondImages = ["depth"] }) == ["record.split-key": 1])
  }

  @Test(arguments: ["0.JPG", "0.png", "0.Jpeg", "0.tif"])
  func theImageIsFoundWhateverItsExtensionIs(name: String) throws {
    #expect(counts(try notices([name, "1.jpg", "0.json"])) == ["record.split-key": 1])
  }

  @Test func whatHasNoImageIsNotSplit() throws {
    #expect(try notices(["0.mask.png", "1.jpg", "2.json", "1.dat.json", "3.mask.json"]).isEmpty)
  }

  @Test func sortedMembersAreNotSplit() throws {
    #expect(try notices(["0.jpg", "0.json", "0.mask.png", "1.jpg", "1.json", "1.mask.png"]).isEmpty)
  }

  @Test(arguments: [
    ["0.jpg", "0.json", "1.jpg", "0.jpg"], ["0.jpg", "1.jpg", "0.jpg", "0.json"],
    ["0.jpg", "0.json", "0.json", "1.jpg"], ["0.jpg", "0.mask.png", "0.mask.png", "1.jpg"],
    ["0.json", "1.jpg", "0.json"],
  ])
  func aPathThatIsThereTwiceIsReported(names: [String]) throws {
    #expect(counts(try notices(names)) == ["record.duplicate-member": 1])
  }

  @Test func aRepeatedKeyIsNotSaidTwice() throws {
    #expect(try notices(["0.jpg", "1.jpg", "0.jpg"]).isEmpty)
  }
}
