import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Manifests as people and their programs really write them.
struct HostileManifestTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.jpg", "b.jpg"] { try folder.write(SmallSet.image(1, seed: 1), to: name) }
  }

  private func report(_ manifest: [UInt8], _ name: String = "rows.csv") throws -> ValidationReport {
    let path = try folder.write(manifest, to: name)
    return try Validation(ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([path]))))
      .run().report
  }

  private func report(_ manifest: String, _ name: String = "rows.csv") throws -> ValidationReport {
    try report(Array(manifest.utf8), name)
  }

  @Test(arguments: [
    "path,note\na.jpg,5\" pipe\nb.jpg,ok\n", "path,note\na.jpg,5\" pipe\nb.jpg,6\" pipe\n",
    "path,note\na.jpg,\"two\nlines\"\nb.jpg,\"a \"\"quoted\"\" word\"\n",
    "path;note\na.jpg;x\"\nb.jpg;\"x\"\n",
    "path,note\r\na.jpg,\"\"\r\nb.jpg,\"x\"\r\n",
  ])
  func aQuoteInsideAFieldEndsNoRow(manifest: String) throws {
    let report = try report(manifest)
    #expect(report.counts.seen == 2)
    #expect(report.counts.accepted == 2)
  }

  @Test func aQuoteThatIsNeverClosedCostsOnlyItsRow() throws {
    let report = try report("path,note\na.jpg,\"oops\nb.jpg,ok\n")
    #expect(report.counts.seen == 2)
    #expect(report.counts.accepted == 1)
    #expect(report.verdict == .fail)
  }

  @Test(arguments: ["{\"id\": 1\n{\"id\": 2}\n", "{\"id\": 1}\n[1]\n"])
  func aTableWithAMalformedRowFails(rows: String) throws {
    let report = try report(rows, "rows.jsonl")
    #expect(report.counts.rejected == 1)
    #expect(report.verdict == .fail)
  }

  @Test func aPathWithANULIsNoShorterPath() throws {
    let report = try report("path,x\na.jpg\u{0}.txt,1\nb.jpg,2\n")
    #expect(report.counts.accepted == 1)
    #expect(report.counts.count(of: .unreadable) == 1)
  }

  @Test func aPathThatLeavesTheFolderIsNamedAsThat() throws {
    let report = try report("path,x\n../a.jpg,1\n")
    #expect(report.text().contains("leads out of its folder"))
  }

  @Test(arguments: [
    ([UInt8]([0xFF, 0xFE, 0x70, 0]), "UTF-16"), (Array("[{\"path\": 1}]".utf8), "JSON array"),
    (Array("path,x\ra.jpg,1\rb.jpg,2".utf8), "CR alone"),
  ])
  func whatIsNoManifestSaysWhatItIs(bytes: [UInt8], word: String) throws {
    #expect(try report(bytes).sources[0].failure?.contains(word) == true)
  }

  @Test(arguments: ["\u{1B}[31m", "\n", "\r", "\u{202E}", "\u{2028}"])
  func aNameCannotForgeALineOfTheReport(mark: String) throws {
    try folder.write(Array("junk".utf8), to: "set/x\(mark)PASS.jpg")
    let sources = try SourceArgument.parse([folder.path("set")])
    let text = try Validation(ValidationRequest(ingest: IngestOptions(sources: sources))).run().report.text()
    #expect(text.contains("PASS.jpg"))
    #expect(!text.unicodeScalars.contains { $0 != "\n" && String($0) == mark })
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("PASS") })
  }

  @Test func aListMayBeginWithAByteOrderMark() throws {
    let list = try folder.write(Array("\u{FEFF}\(folder.path("a.jpg"))\r\n".utf8), to: "list.txt")
    #expect(try SourceArgument.parse(["@\(list)"]).map(\.name) == [folder.path("a.jpg")])
  }

  @Test func aListOfNothingIsAMistake() throws {
    let list = try folder.write(Array("# later\n\n".utf8), to: "list.txt")
    #expect(throws: ConfigurationError.self) { try SourceArgument.parse(["@\(list)"]) }
  }
}
