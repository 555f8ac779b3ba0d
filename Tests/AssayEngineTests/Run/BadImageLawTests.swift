import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Glibc
import Testing

/// Law 1: a bad image is data; nothing a dataset contains stops the run.
struct BadImageLawTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func observations(workers: Int = 2, seconds: Int = 30) throws -> [String: Observation] {
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path]))
    options.workers = workers
    options.limits.seconds = seconds
    options.workerExecutable = ExecutableFolder.path + "/assay-faulty-worker"
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    return Dictionary(uniqueKeysWithValues: collector.observations.map { ($0.key.display, $0) })
  }

  @Test(arguments: ["crash", "exit", "garbage", "bereft"])
  func aRecordThatKillsItsDecoderGetsOneRowAndTheOthersTheirs(fault: String) throws {
    for index in 0..<40 {
      let name = index == 17 ? "\(index)-\(fault).jpg" : "\(index).jpg"
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: name)
    }
    let found = try observations()
    #expect(found.count == 40)
    #expect(found["17-\(fault).jpg"]?.images.first?.outcome == .crashed)
    #expect(found["17-\(fault).jpg"]?.images.first?.reason == "decode.crashed")
    #expect(found.values.filter { $0.images.first?.outcome == .ok }.count == 39)
  }

  @Test func severalFatalRecordsInOneBatchAreEachFound() throws {
    for index in 0..<30 {
      let name = index % 10 == 3 ? "\(index)-crash.jpg" : "\(index).jpg"
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: name)
    }
    let found = try observations(workers: 1)
    #expect(found.values.filter { $0.images.first?.outcome == .crashed }.count == 3)
    #expect(found.values.filter { $0.images.first?.outcome == .ok }.count == 27)
  }

  @Test func aRecordThatHangsItsDecoderTimesOutAlone() throws {
    for index in 0..<12 {
      let name = index == 5 ? "\(index)-hang.jpg" : "\(index).jpg"
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: name)
    }
    let found = try observations(seconds: 1)
    #expect(found["5-hang.jpg"]?.images.first?.outcome == .timeout)
    #expect(found.values.filter { $0.images.first?.outcome == .ok }.count == 11)
  }

  @Test func aRecordThatOnlyDiesBehindAnotherIsInnocent() throws {
    for index in 10..<30 {
      let name = index == 12 ? "\(index)-poison.jpg" : index == 21 ? "\(index)-victim.jpg" : "\(index).jpg"
      try folder.write(SmallSet.image(1, seed: UInt64(index)), to: name)
    }
    #expect(try observations(workers: 1).values.filter { $0.images.first?.outcome == .ok }.count == 20)
  }

  @Test func theOnlyRecordOfASourceIsTriedAgainBeforeItIsConvicted() throws {
    let first = try folder.write(SmallSet.image(1, seed: 1), to: "poison.jpg")
    let second = try folder.write(SmallSet.image(1, seed: 2), to: "victim.jpg")
    var options = IngestOptions(sources: try SourceArgument.parse([first, second]))
    options.workers = 1
    options.workerExecutable = ExecutableFolder.path + "/assay-faulty-worker"
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    #expect(collector.observations.map { $0.images.first?.outcome } == [.ok, .ok])
  }

  /// Its worker takes longer to start than a record may take.
  @Test func theTimeAWorkerTakesToStartIsNoRecords() throws {
    try folder.write(SmallSet.image(1, seed: 1), to: "set/a.jpg")
    let script = try folder.write(
      "#!/bin/sh\nsleep 2\nexec '\(ExecutableFolder.path)/assay-faulty-worker' \"$@\"\n", to: "slow-worker")
    chmod(script, 0o755)
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path + "/set"]))
    options.limits.seconds = 1
    options.workerExecutable = script
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    #expect(collector.observations.map { $0.images.first?.outcome } == [.ok])
  }

  @Test func aRowThatKillsItsDecoderIsRejected() {
    let item = WorkItem(
      key: RecordKey(bytes: []), locator: Locator(source: "rows.csv", row: 7), parts: [], isImageByName: true)
    let lost = RecordObservation.lost(item, outcome: .crashed, code: .crashed, detail: "signal 11")
    #expect(lost.isRejected)
  }

  @Test func whatKillsADecoderKillsNoRowOfOrder() throws {
    for index in 10..<50 {
      try folder.write(
        SmallSet.image(1, seed: UInt64(index)), to: index % 7 == 0 ? "\(index)-crash.jpg" : "\(index).jpg")
    }
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path]))
    options.workers = 3
    options.workerExecutable = ExecutableFolder.path + "/assay-faulty-worker"
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    let keys = collector.observations.map(\.key)
    #expect(keys == keys.sorted())
  }

  @Test func damagedEmptyAndJunkFilesAreNamedOnes() throws {
    let pixels = ImageForge.scene(width: 200, height: 160, channels: 3, seed: 1)
    let whole = ImageForge.jpeg(JPEGRecipe(width: 200, height: 160, pixels: pixels))
    try folder.write(Array(whole.dropLast(whole.count / 2)), to: "truncated.jpg")
    try folder.write([UInt8](), to: "empty.jpg")
    try folder.write(Array("not an image".utf8), to: "junk.jpg")
    try folder.write(whole + [1, 2, 3], to: "trailing.jpg")
    let found = try observations()
    #expect(found["truncated.jpg"]?.images.first?.outcome == .damaged)
    #expect(found["empty.jpg"]?.images.first?.reason == "decode.empty")
    #expect(found["junk.jpg"]?.images.first?.reason == "decode.unknown-format")
    #expect(found["trailing.jpg"]?.images.first?.outcome == .ok)
    #expect(found["trailing.jpg"]?.images.first?.reason == "decode.trailing-bytes")
  }
}
