import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// What becomes of rows that are joined to images and cannot be, and of rows that are accepted.
struct ManifestRowTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validate(_ manifests: [String], schema: String? = nil) throws -> ValidationReport {
    var request = ValidationRequest(
      ingest: IngestOptions(sources: try SourceArgument.parse([folder.path("set")] + manifests)))
    request.schemaPath = try schema.map { try folder.write($0, to: "schema.yaml") }
    request.acceptedPath = folder.path("accepted")
    return try Validation(request).run().report
  }

  private func writeImages(_ names: [String]) throws {
    for (index, name) in names.enumerated() {
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: "set/\(name)")
    }
  }

  @Test(arguments: [
    ("path,label\na.jpg,cat\nb.jpg\n", "csv"), ("path,label\na.jpg,cat\nb.jpg,\"dog\n", "csv"),
    ("path,label\na.jpg,cat\nb.jpg,\u{FF}\n", "csv"),
    ("{\"path\": \"a.jpg\", \"label\": \"cat\"}\n{\"path\": \"b.jpg\", \"la\n", "jsonl"),
  ])
  func aJoinedRowThatCannotBeReadIsMalformedAndNoOrphan(text: String, ending: String) throws {
    try writeImages(["a.jpg", "b.jpg"])
    // One byte that is not UTF-8.
    let bytes = text.unicodeScalars.flatMap { $0.value == 0xFF ? [0xFF] : Array(String($0).utf8) }
    let report = try validate(
      [folder.write(bytes, to: "rows.\(ending)")], schema: "assay: 1\nrecords: {malformed: {max: 0}}\n")
    let notice = report.notices.first { $0.kind.code == "row.malformed" }
    #expect(notice?.count == 1)
    #expect(notice?.examples.first?.locator.row == 2)
    #expect(report.failedRules.map(\.rule) == ["records.malformed"])
    #expect(
      !report.notices.contains { $0.kind.subject == "manifest.rows" && $0.kind.code == "manifest.orphans" })
  }

  @Test func aMalformedRowFailsARunWithoutASchema() throws {
    try writeImages(["a.jpg"])
    #expect(try validate([folder.write("path,b\na.jpg,1\nx\n", to: "rows.csv")]).verdict == .fail)
  }

  @Test func rowsThatDifferForOneImageAreReportedAndNoneIsUsed() throws {
    try writeImages(["a.jpg", "b.jpg"])
    let rows = ["a.jpg,cat", "b.jpg,cat", "a.jpg,dog"]
    let header = "path,animal\n"
    let csv = try folder.write(header + rows.joined(separator: "\n") + "\n", to: "rows.csv")
    let turned = try folder.write(header + rows.reversed().joined(separator: "\n") + "\n", to: "turned.csv")
    func profile(_ manifest: String) throws -> Profile {
      try Profiling(IngestOptions(sources: try SourceArgument.parse([folder.path("set"), manifest]))).run()
        .profile
    }
    #expect(try profile(csv).encoded() == profile(turned).encoded())
    let report = try validate([csv], schema: "assay: 1\nrecords: {duplicate_keys: {max: 0}}\n")
    #expect(report.notices.map(\.kind.code) == ["manifest.repeated-row"])
    #expect(report.notices.first?.examples.map(\.locator.row) == [3])
    #expect(report.failedRules.map(\.rule) == ["records.duplicate_keys"])
  }

  @Test func theSameRowTwiceIsOneRow() throws {
    try writeImages(["a.jpg"])
    let csv = try folder.write("path,animal\na.jpg,cat\na.jpg,cat\n", to: "rows.csv")
    let report = try validate([csv], schema: "assay: 1\nfields: {animal: {required: true}}\n")
    #expect(report.failedRules.isEmpty)
    #expect(report.notices.map(\.count) == [1])
  }

  @Test func equalBytesUnderOtherColumnsAreAnotherRow() throws {
    try writeImages(["a.jpg"])
    let labels = try folder.write("path,animal\na.jpg,cat\n", to: "labels.csv")
    let cameras = try folder.write("path,camera\na.jpg,cat\n", to: "cameras.csv")
    let report = try validate([labels, cameras], schema: "assay: 1\nfields: {animal: {required: true}}\n")
    #expect(report.failedRules.map(\.rule) == ["fields.animal.required"])
  }

  @Test func acceptedRecordsWithoutARowAreCounted() throws {
    try writeImages(["a.jpg", "b.jpg", "c.jpg"])
    let report = try validate([folder.write("path\na.jpg\n", to: "rows.csv")])
    #expect(report.acceptedWithoutRow == 2)
    #expect(report.text().contains("left out 2 accepted records without a row"))
    #expect(report.json().contains("\"accepted_without_row\": 2"))
  }

  @Test(arguments: [
    ("path,n\r\na.jpg,1\r\nb.jpg,2\r\n", "path,n\r\na.jpg,1\r\nb.jpg,2\r\n"),
    ("path,n\r\na.jpg,1", "path,n\r\na.jpg,1\r\n"), ("path,n\r\nnone.jpg,1\r\n", "path,n\r\n"),
    ("path,n\na.jpg,1\n", "path,n\na.jpg,1\n"),
  ])
  func acceptedRowsHaveTheManifestsHeaderAndLineEnds(manifest: String, expected: String) throws {
    try writeImages(["a.jpg", "b.jpg"])
    _ = try validate([folder.write(manifest, to: "rows.csv")])
    #expect(try folder.text("accepted") == expected)
  }

  @Test func manifestsWithOtherColumnsAreAUsageErrorOfAccepted() throws {
    try writeImages(["a.jpg", "b.jpg"])
    let manifests = [
      try folder.write("path,n\na.jpg,1\n", to: "one.csv"),
      try folder.write("path,m\nb.jpg,1\n", to: "two.csv"),
    ]
    #expect(throws: ConfigurationError.self) { try validate(manifests) }
  }
}
