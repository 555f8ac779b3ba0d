import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

struct ManifestTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(
    _ sources: [String], asTables: Bool = false, idField: String? = nil
  ) throws -> (records: [Observation], summary: IngestSummary) {
    let collector = Collector()
    var options = IngestOptions(sources: try SourceArgument.parse(sources))
    options.readsTables = asTables
    options.reading.idField = idField
    let summary = try IngestRun(options, consumers: [collector]).run()
    return (collector.observations, summary)
  }

  private func writeImages(_ names: [String]) throws {
    for (index, name) in names.enumerated() {
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: "set/\(name)")
    }
  }

  private func field(_ name: String, _ observation: Observation?) -> Value? {
    observation?.fields.first { $0.name == name }?.value
  }

  @Test func quotedFieldsAndLeadingZerosSurvive() throws {
    let csv = try folder.write("id,text,zip\n1,\"a \"\"b\"\",\nc\",007\n2,,no\n", to: "rows.csv")
    let records = try run([csv]).records
    #expect(records.count == 2)
    #expect(field("text", records.first) == .text("a \"b\",\nc"))
    #expect(field("zip", records.first) == .text("007"))
    #expect(field("id", records.first) == .integer(1))
    #expect(field("text", records.last) == .missing)
  }

  @Test func equalRowsOfCSVAndJSONLinesAreOneRecord() throws {
    let csv = try folder.write("a,b\n1,x\n", to: "rows.csv")
    let json = try folder.write("{\"b\": \"x\", \"a\": 1.0}\n", to: "rows.jsonl")
    #expect(try run([csv]).records.map(\.contentDigest) == run([json]).records.map(\.contentDigest))
  }

  @Test func asATableRowsAreRecordsAndOpenNothing() throws {
    let csv = try folder.write("path,label\nnowhere.jpg,cat\n/etc/hostname,dog\n", to: "rows.csv")
    let records = try run([csv], asTables: true).records
    #expect(records.allSatisfy { $0.images.isEmpty && !$0.isRejected })
    #expect(records.map { field("path", $0) } == [.text("nowhere.jpg"), .text("/etc/hostname")])
  }

  @Test func aTablesKeyIsTheDeclaredIDElseTheDigestOfTheRow() throws {
    let csv = try folder.write("path,id\na.jpg,7\n", to: "rows.csv")
    #expect(try run([csv], asTables: true, idField: "id").records.map(\.key.display) == ["7"])
    let record = try #require(try run([csv], asTables: true).records.first)
    #expect(record.key.display == Hex.encode(bytes: Array(record.contentDigest.prefix(16))))
  }

  @Test func asTablesManifestsAreNotJoined() throws {
    try writeImages(["a.jpg"])
    let csv = try folder.write("path,label\na.jpg,cat\n", to: "rows.csv")
    let (records, summary) = try run([folder.path("set"), csv], asTables: true)
    #expect(summary.join == nil)
    #expect(records.map(\.images.count) == [1, 0])
  }

  @Test(arguments: [
    "\u{FEFF}path,label\r\na.jpg,cat\r\n", "path\tlabel\na.jpg\tcat\n", "path;label\na.jpg;cat",
    "sep=;\r\npath;label\r\na.jpg;cat\r\n",
    "sep=|\npath|label\na.jpg|cat\n", "\"a,b,c\";path;label\nx;a.jpg;cat\n", "PATH,label\na.jpg,cat\n",
    "label,File_Name\ncat,a.jpg\n",
  ])
  func everyDialectJoins(text: String) throws {
    try writeImages(["a.jpg"])
    let csv = try folder.write(text, to: "rows.csv")
    let (records, summary) = try run([folder.path("set"), csv])
    #expect(field("label", records.first) == .text("cat"))
    #expect(summary.join?.orphanRows == 0)
  }

  @Test func aManifestOpensItsImagesBelowItsOwnFolderAndNowhereElse() throws {
    try writeImages(["a.jpg"])
    try folder.write(SmallSet.image(1, seed: 9), to: "outside.jpg")
    let csv = try folder.write("path\na.jpg\n../outside.jpg\n/etc/hostname\n", to: "set/rows.csv")
    let records = try run([csv]).records
    #expect(records.map { $0.images.first?.outcome } == [.ok, .unreadable, .unreadable])
  }

  @Test func orphansAndNearMatchesAreToldApart() throws {
    try writeImages(["a.jpg", "b c.jpg", "lonely.jpg"])
    let csv = try folder.write("path\nA.JPG\nb%20c.jpg\nnowhere.jpg\n", to: "rows.csv")
    let notices = try run([folder.path("set"), csv]).summary.notices
    let counts = Dictionary(
      uniqueKeysWithValues: notices.map { ("\($0.kind.code) \($0.kind.subject)", $0.count) })
    #expect(counts["manifest.near-match manifest.images"] == 2)
    #expect(counts["manifest.orphans manifest.images"] == 1)
    #expect(counts["manifest.orphans manifest.rows"] == 1)
  }

  @Test func aBadRowIsOneFindingAndTheOthersGoOn() throws {
    let csv = try folder.write("a,b\n1,2\nonly one\n3,4\n", to: "rows.csv")
    let records = try run([csv]).records
    #expect(records.map { $0.findings.map(\.code) } == [[], ["row.malformed"], []])
    #expect(records.map(\.locator.row) == [1, 2, 3])
  }

  @Test func aPathColumnInOtherLettersIsRemarkedOn() throws {
    try writeImages(["a.jpg"])
    let csv = try folder.write("PATH\na.jpg\n", to: "rows.csv")
    let notices = try run([folder.path("set"), csv]).summary.notices
    #expect(notices.map(\.kind.code) == ["manifest.path-column"])
    #expect(notices.map(\.kind.severity) == [.info])
  }

  @Test(arguments: [
    ("a,b\nx\ny\n1,2\n", "a,b\n1,2\ny\nx\n", "csv"), ("{\"a\": 1}\n[\n{\n", "{\n[\n{\"a\": 1}\n", "jsonl"),
    ("path,b\nx\ny,\n,z\n", "path,b\n,z\ny,\nx\n", "csv"),
  ])
  func theKeysOfRowsDoNotDependOnTheirOrder(text: String, turned: String, ending: String) throws {
    let keys = try run([try folder.write(text, to: "rows.\(ending)")]).records.map(\.key)
    #expect(Set(keys).count == 3)
    #expect(try run([try folder.write(turned, to: "turned.\(ending)")]).records.map(\.key) == keys.reversed())
  }

  @Test func badRowsAloneAreNoDuplicates() throws {
    let csv = try folder.write("a,b\nx\nx\n", to: "rows.csv")
    #expect(try run([csv]).records.map { $0.findings.map(\.code) } == [["row.malformed"], ["row.malformed"]])
  }

  @Test func aRepeatedKeyIsInTheRowsAndTheRejects() throws {
    let csv = try folder.write("{\"id\": 7}\n{\"id\": 7}\n", to: "rows.jsonl")
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([csv])))
    request.schemaPath = try folder.write(
      "assay: 1\nmanifest: {id: id}\nfields: {id: {type: integer, max: 3}}\n", to: "schema.yaml")
    (request.recordsPath, request.rejectsPath) = (folder.path("all.jsonl"), folder.path("bad.jsonl"))
    _ = try Validation(request).run()
    for name in ["all.jsonl", "bad.jsonl"] {
      let rows = try folder.text(name).split(separator: "\n")
      #expect(rows.map { $0.contains("record.duplicate-key") } == [false, true], "\(name)")
    }
  }

  @Test func acceptedRowsKeepTheirColumns() throws {
    try writeImages(["a.jpg", "b.jpg"])
    try folder.write([1, 2, 3], to: "set/broken.jpg")
    let csv = try folder.write("path,note\nb.jpg,\"x, y\"\nbroken.jpg,z\na.jpg,007\n", to: "rows.csv")
    var request = ValidationRequest(
      ingest: IngestOptions(sources: try SourceArgument.parse([folder.path("set"), csv])))
    request.acceptedPath = folder.path("accepted.csv")
    _ = try Validation(request).run()
    #expect(try folder.text("accepted.csv") == "path,note\na.jpg,007\nb.jpg,\"x, y\"\n")
  }
}
