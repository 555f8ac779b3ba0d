import AssayChannel
import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Law 5: untrusted bytes are touched only in workers, which can do little else.
struct IsolationLawTests {
  @Test func theReportSaysWhatIsInForce() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallSet.image(1, seed: 1), to: "a.jpg")
    let options = IngestOptions(sources: try SourceArgument.parse([folder.path]))
    let isolation = try IngestRun(options, consumers: []).run().isolation
    #expect(isolation.isProcess)
    #expect(isolation.noNewPrivileges)
    #expect(isolation.dataLimit > 0)
  }

  @Test func withoutIsolationTheReportSaysSo() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallSet.image(1, seed: 1), to: "a.jpg")
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path]))
    options.isolation = .none
    #expect(try !IngestRun(options, consumers: []).run().isolation.isProcess)
  }

  /// The faulty worker tries what the name says and crashes if it succeeds.
  @Test(arguments: ["open-file", "connect", "execute", "signal", "limit", "code"])
  func aWorkerCannot(attempt: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallSet.image(1, seed: 1), to: "\(attempt).jpg")
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path]))
    options.workerExecutable = ExecutableFolder.path + "/assay-faulty-worker"
    let collector = Collector()
    let isolation = try IngestRun(options, consumers: [collector]).run().isolation
    // Where the kernel has neither filter nor Landlock this is not promised, and the report says so.
    guard isolation.systemCallFilter else { return }
    #expect(collector.observations.first?.images.first?.outcome == .ok)
  }
}
