import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// A training folder and the same pictures as a serving pipeline has them: some compressed again, one of another size,
/// one column in another unit.
struct SkewFolderTests {
  private let sets: SkewSets
  private let reference: [String]
  private let current: [String]

  init() throws {
    sets = try SkewSets()
    var rows = (train: ["path,exposure"], serve: ["path,exposure"])
    for number in 0..<24 {
      let (name, picture) = ("\(number % 2)/\(number).jpg", ForgedPicture(seed: UInt64(number)))
      try sets.folder.write(picture.jpeg(), to: "train/\(name)")
      rows.train.append("\(name),\(number)")
      if number == 23 { continue }
      let served =
        switch number {
        case 3, 8, 11: picture.jpeg(quality: 30)
        case 5: ForgedPicture(seed: 5, width: 48, height: 32).jpeg()
        default: picture.jpeg()
        }
      try sets.folder.write(served, to: "serve/\(name)")
      rows.serve.append("\(name),\(number == 7 ? "7000" : "\(number)")")
    }
    try sets.folder.write(Array(ForgedPicture(seed: 9).jpeg().prefix(500)), to: "serve/0/6.jpg")
    reference = [sets.folder.path("train"), try sets.table("train", rows.train)]
    current = [sets.folder.path("serve"), try sets.table("serve", rows.serve)]
  }

  private func joined(_ current: [String]? = nil, workers: Int = 2) throws -> SkewReport.Joined {
    let report = try sets.run(
      reference: reference, current: current ?? self.current, join: "key", workers: workers)
    return try #require(report.skew?.joined)
  }

  @Test func eachDisagreementIsCounted() throws {
    let skew = try joined()
    #expect(skew.matched == 23 && skew.reference.unmatched == 1 && skew.current.unmatched == 0)
    #expect(skew.counts["field.exposure"] == 1 && skew.counts["image.jpeg_quality"] == 3)
    #expect(skew.counts["image.width"] == 1 && skew.counts["image.format"] == nil)
    #expect(skew.finding("image.width")?.largestDistance == 48)
    #expect(skew.finding("image.width")?.unit == "pixels")
  }

  @Test func pixelsOfADamagedImageAreMissing() throws {
    let finding = try #require(joined().finding("image.luma_mean"))
    #expect(finding.missingInCurrent == 1 && finding.missingInReference == 0)
  }

  @Test func nothingDependsOnHowManyWorkersThereAre() throws {
    let reports = try [1, 3].map { workers in
      try sets.run(reference: reference, current: current, join: "key", workers: workers).json()
    }
    #expect(reports[0] == reports[1] && reports[0].contains("\"join\": \"key\""))
  }

  @Test func rowsOfAnEarlierRunStandForTheirRecords() throws {
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse(current)))
    request.recordsPath = sets.folder.path("rows.jsonl")
    _ = try Validation(request).run()
    let (rows, sources) = (try joined([sets.folder.path("rows.jsonl")]), try joined())
    #expect(rows.counts == sources.counts && rows.matched == 23)
  }

  @Test func nothingDependsOnTheOrderOfRecords() throws {
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse(current)))
    request.recordsPath = sets.folder.path("rows.jsonl")
    _ = try Validation(request).run()
    let rows = try sets.folder.text("rows.jsonl").split(separator: "\n")
    try sets.folder.write(rows.reversed().joined(separator: "\n") + "\n", to: "back.jsonl")
    let (forth, back) = (
      try joined([sets.folder.path("rows.jsonl")]), try joined([sets.folder.path("back.jsonl")])
    )
    #expect(forth.findings == back.findings && !forth.disagreeing.isEmpty)
  }

  @Test func theSameFolderDisagreesInNothing() throws {
    let report = try sets.run(reference: reference, current: reference, join: "key")
    #expect(report.skew?.joined?.matched == 24 && report.skew?.joined?.disagreeing.isEmpty == true)
  }
}
