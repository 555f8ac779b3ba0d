import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// What can be said where one side is no more than a profile, an index or rows.
struct OverlapSideTests {
  private var sets: OverlapSets
  private let profile: String
  private let index: String

  init() throws {
    sets = try OverlapSets()
    try sets.addStrangers(12)
    try sets.add(ForgedPicture(seed: 3).jpeg(), "copy.jpg", patient: "a3", to: "test")
    try sets.add(ForgedPicture(seed: 4).mirrored.jpeg(), "mirrored.jpg", patient: "z", to: "test")
    profile = sets.folder.path("train.profile.json")
    index = sets.folder.path("train.index")
    var options = IngestOptions(sources: try SourceArgument.parse(sets.sources("train")))
    options.indexPath = index
    try ProfileFile.write(try Profiling(options).run().profile, to: profile)
  }

  @Test func smallProfilesKnowExactContentsExactly() throws {
    let report = try sets.report(reference: [profile], current: sets.sources("test"))
    #expect(report.counts == ["exact": 1] && report.isOverlapping)
    #expect(report.failures.count == 4)
  }

  @Test func whatAProfileDoesNotKnowIsNotJudged() throws {
    let report = try sets.report(reference: [profile], current: sets.sources("test"))
    #expect(
      report.results.filter { !$0.isJudged }.map(\.code) == Array(repeating: .overlapNotJudged, count: 3))
  }

  @Test func anIndexStandsForItsProfile() throws {
    let report = try sets.report(reference: [profile], current: sets.sources("test"), index: index)
    #expect(report.counts == ["exact": 1, "near": 1, "turned": 1])
    #expect(report.finding("exact")?.examples.first?.current.member == "copy.jpg")
    #expect(report.finding("exact")?.examples.first?.reference == nil)
    #expect(report.results.last?.code == .overlapNotJudged)
  }

  /// The index of as many strangers as there are training images.
  private func foreignIndex() throws -> String {
    let other = sets.folder.path("other.index")
    for number in 0..<12 {
      try sets.folder.write(ForgedPicture(seed: UInt64(900 + number)).jpeg(), to: "o/\(number).jpg")
    }
    var options = IngestOptions(sources: try SourceArgument.parse([sets.folder.path("o")]))
    options.indexPath = other
    _ = try Profiling(options).run()
    return other
  }

  @Test func anIndexOfAsManyOtherRecordsIsRefused() throws {
    let other = try foreignIndex()
    let error = #expect(throws: ConfigurationError.self) {
      try sets.report(reference: [profile], current: sets.sources("test"), index: other)
    }
    let found = try SetIndex(path: other, IndexMemory(limit: 1 << 20)).fingerprint.text.prefix(16)
    let expected = try ProfileFile.read(profile).fingerprint.text.prefix(16)
    #expect(error?.description.contains(found) == true && error?.description.contains(expected) == true)
  }

  @Test func aForeignIndexIsRefusedBesideAProfileToo() throws {
    let other = try foreignIndex()
    #expect(throws: ConfigurationError.self) {
      try sets.report(reference: [profile], current: [profile], index: other)
    }
  }

  @Test func checkRefusesAForeignIndex() throws {
    let request = ValidationRequest(
      ingest: IngestOptions(sources: try SourceArgument.parse(sets.sources("test"))))
    let check = try Check(request, reference: profile, referenceIndex: try foreignIndex())
    #expect(throws: ConfigurationError.self) { try check.run() }
  }

  @Test func rowsOfAnEarlierRunHaveContentsAndNoHashes() throws {
    var request = ValidationRequest(
      ingest: IngestOptions(sources: try SourceArgument.parse(sets.sources("test"))))
    request.recordsPath = sets.folder.path("test.jsonl")
    _ = try Validation(request).run()
    let report = try sets.report(reference: sets.sources("train"), current: [sets.folder.path("test.jsonl")])
    #expect(report.counts == ["exact": 1, "group": 1])
    #expect(report.finding("near")?.text.contains("keep no perceptual hashes") == true)
  }

  @Test func withoutRulesOneLineIsSaid() throws {
    let report = try sets.report(
      reference: sets.sources("train"), current: sets.sources("test"), schema: nil)
    #expect(report.findings.count == 1 && report.counts == ["exact": 1] && report.results.isEmpty)
    #expect(report.note?.hasPrefix("overlapping") == true)
  }
}
