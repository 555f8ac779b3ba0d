import AssayChannel
import AssayIngest
import AssayTestSupport
import Glibc
import Testing

@testable import AssayEngine

/// The bounds on what is open at once, and outputs that appear whole or not at all.
struct OpenFileTests {
  @Test(arguments: [(2, 1 << 20, 16), (16, 1 << 20, 128), (16, 864, 6), (300, 100, 2), (1, -5, 2)])
  func batchesInFlightFitTheLimitOfOpenFiles(decoders: Int, files: Int, expected: Int) {
    #expect(Scheduler.windowLength(decoders: decoders, descriptorsForFiles: files) == expected)
  }

  @Test func workersThatNeedMoreOpenFilesThanThereMayBeAreRefused() throws {
    let threads = WorkerDescriptors(hasArenas: true, isolation: .none)
    let error = try #require(throws: ConfigurationError.self) {
      try CoordinatorLimits.check(workers: 200, threads, within: 20_000)
    }
    #expect(error.description.contains("--workers 200"))
    #expect(error.description.contains("at most --workers 146"))
    #expect(throws: Never.self) {
      try CoordinatorLimits.check(workers: 146, threads, within: 20_000)
      let processes = WorkerDescriptors(hasArenas: true, isolation: .process)
      try CoordinatorLimits.check(workers: 200, processes, within: 20_000)
    }
  }

  @Test(arguments: [Isolation.process, .none])
  func pluginWorkersBesideDecodersTakeOpenFilesToo(_ isolation: Isolation) {
    let alone = WorkerDescriptors(hasArenas: true, isolation: isolation)
    var accompanied = alone
    accompanied.hasCompanions = true
    #expect(accompanied.count(workers: 10) >= alone.count(workers: 10) + 10 * 4)
  }

  @Test func anOutputThatIsNotCompleteHasNoName() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.path("out.json"))
    try file.write(Array(repeating: 1, count: 1 << 20))
    #expect(try folder.names.isEmpty)
    try file.commit()
    #expect(try folder.names == ["out.json"])
  }

  @Test func anOutputReplacesALongerOne() throws {
    let folder = try TemporaryFolder()
    try folder.write("a longer text", to: "out.txt")
    try AtomicFile.write(Array("short".utf8), to: folder.path("out.txt"))
    #expect(try folder.text("out.txt") == "short")
    #expect(try folder.names == ["out.txt"])
  }

  @Test func sharedMemoryIsAFolderLikeOthers() throws {
    let path = "/dev/shm/assay-test-\(UInt64.random(in: .min ... .max))"
    defer { unlink(path) }
    try AtomicFile.write(Array("a longer text".utf8), to: path)
    try AtomicFile.write(Array("short".utf8), to: path)
    #expect(WholeFile.text(path, atMost: 100) == "short")
  }
}
