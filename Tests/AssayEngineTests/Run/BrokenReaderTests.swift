import AssayChannel
import AssayCore
import AssayIngest
import AssayTestSupport
import Testing

@testable import AssayEngine

/// A reader that cannot go on, or says what cannot be, costs its source and never the run.
struct BrokenReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What became of a source that is named for what its reader does, read before a source without fault.
  private func reports(_ name: String, _ bytes: [UInt8], seconds: Int = 30) throws -> [SourceReport] {
    let faulty = try folder.write(bytes, to: name)
    let sound = try folder.write(ArchiveForge.archive(.tar, SmallSet.members()), to: "sound.tar")
    var options = IngestOptions(sources: try SourceArgument.parse([faulty, sound]))
    options.limits.seconds = seconds
    options.workerExecutable = ExecutableFolder.path + "/assay-faulty-worker"
    return try IngestRun(options, consumers: []).run().sources
  }

  @Test(arguments: ["garbage.tar", "overcount.tar", "garbage.csv", "overcount.csv"])
  func whatNoReaderSaysMakesTheSourceIncomplete(name: String) throws {
    let bytes =
      name.hasSuffix("csv") ? Array("a,b\n1,2\n".utf8) : ArchiveForge.archive(.tar, SmallSet.members())
    let reports = try reports(name, bytes)
    #expect(reports[0].failure?.contains("it broke the protocol") == true, "\(reports[0])")
    #expect(reports[1].failure == nil)
    #expect(reports[1].records == 24)
  }

  @Test(arguments: ["spin.tar", "sleep.tar", "spin.csv", "sleep.csv"])
  func aReaderThatNeverComesToAnEndIsEnded(name: String) throws {
    let bytes =
      name.hasSuffix("csv") ? Array("a,b\n1,2\n".utf8) : ArchiveForge.archive(.tar, SmallSet.members())
    let reports = try reports(name, bytes, seconds: 1)
    #expect(reports[0].failure?.contains("without getting anywhere") == true, "\(reports[0])")
    #expect(reports[1].records == 24)
  }

  /// Both the first byte and the rest come after more time than a reader may compute.
  @Test func aPipeMayBeSlow() throws {
    let tar = try folder.write(ArchiveForge.archive(.tarGzip, SmallSet.members()), to: "set.tar.gz")
    let slow = "pipe:sleep 2; head -c 2000 '\(tar)'; sleep 2; tail -c +2001 '\(tar)'"
    var options = IngestOptions(sources: try SourceArgument.parse([slow]))
    options.limits.seconds = 1
    let report = try IngestRun(options, consumers: []).run().sources[0]
    #expect(report.failure == nil)
    #expect(report.records == 24)
  }

  @Test func recordsThatWereHandedOutAndNotAnsweredUnbalanceASource() {
    var report = SourceReport(name: "a.tar")
    report.entries = 2
    report.counts.members = 2
    report.items = 2
    report.answers = 1
    #expect(report.imbalance == "2 records were handed out, 1 were answered")
  }

  @Test func recordsThatNobodyCountedAreAnInternalError() {
    var report = SourceReport(name: "a.tar")
    report.records = 2
    let summary = IngestSummary(
      sources: [report, report], join: nil, notices: [], isolation: .none, decoderSignature: "")
    #expect(throws: WorkerError.self) { try summary.check(seen: 3) }
    #expect(throws: Never.self) { try summary.check(seen: 4) }
  }
}
