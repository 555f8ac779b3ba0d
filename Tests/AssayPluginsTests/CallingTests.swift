import AssayEngine
import AssayIngest
import AssayPlugins
import Testing

@Suite("Calling a comparator in its worker")
struct CallingTests {
  @Test func everyRowIsAnswered() throws {
    let folder = try RegistryFolder("Misbehaving")
    #expect(try folder.host().compare(question("well")) == .statistics([0.5, 0.5, 0.5]))
  }

  @Test(arguments: [
    ("nan", PluginFailure.Kind.failed, "answered NaN"), ("silent", .failed, "answered NaN"),
    ("forge", .failed, "answered 1 of 3 rows"),
    ("stray", .failed, "answered 1.5, outside its range 0.0...1.0"),
    ("overrun", .failed, "wrote beyond the room it was given"),
    ("overrun-message", .failed, "wrote beyond the room it was given"),
    ("failure", .failed, "out of ideas PASS"), ("chatter", .failed, String(repeating: "x", count: 256)),
    ("crash", .crashed, "crashed (signal 11, Segmentation fault)"),
    ("leave", .crashed, "ended its worker with code 7"), ("hang", .timeout, "no answer within 0.3 s"),
    ("absent", .failed, "is not loaded"),
  ])
  func aBrokenContractIsAFailureWithItsName(name: String, kind: PluginFailure.Kind, reason: String) throws {
    let folder = try RegistryFolder("Misbehaving")
    let outcome = try folder.host(deadlines: PluginDeadlines(call: 300)).compare(question(name))
    #expect(outcome == .failed(PluginFailure(kind: kind, plugin: "com.example.\(name)/1", reason: reason)))
  }

  /// One row, so that the number of answers is right.
  @Test func anAnswerThatGoesAroundTheWorkerIsCheckedToo() throws {
    let folder = try RegistryFolder("Misbehaving")
    let outcome = try folder.host().compare(question("forge", rows: 1))
    #expect(
      outcome == .failed(PluginFailure(kind: .failed, plugin: "com.example.forge/1", reason: "answered NaN")))
  }

  @Test(arguments: ["crash", "leave", "hang", "nan", "overrun", "forge"])
  func theNextCallIsAnsweredAsIfNothingHadHappened(name: String) throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try folder.host(deadlines: PluginDeadlines(call: 300))
    _ = try host.compare(question(name))
    #expect(try host.compare(question("well")) == .statistics([0.5, 0.5, 0.5]))
  }

  @Test func aPluginThatKeepsCrashingIsNotCalledForEver() throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try folder.host()
    let outcomes = try (0..<4).map { _ in try host.compare(question("crash")) }
    guard case .failed(let last) = outcomes[3] else { throw Unexpected() }
    #expect(last.reason == "is not called any more: it ended its worker 3 times")
  }

  @Test func aNewWorkerLoadsTheBytesThatWereLoadedFirst() throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try folder.host()
    _ = try host.compare(question("crash"))
    try folder.write("another library", to: "libAssayPluginMisbehaving.so")
    guard case .failed(let failure) = try host.compare(question("well")) else { throw Unexpected() }
    #expect(failure.reason.contains("could not be loaded again"))
  }

  @Test(arguments: [-0.1, 1.1, .nan, .infinity])
  func aParameterOutOfItsRangeIsRefused(value: Double) throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try folder.host()
    guard case .failed(let failure) = try host.compare(question("well", answer: value)) else {
      throw Unexpected()
    }
    #expect(failure.reason == "answer: \(value) is outside 0.0...1.0")
  }

  @Test func countsOfTheWrongShapeAreRefused() throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try folder.host()
    var request = question("well")
    request.counts.current.removeLast()
    guard case .failed(let failure) = try host.compare(request) else { throw Unexpected() }
    #expect(failure.reason == "the counts have the wrong shape")
  }

  @Test func aBatchTooLargeForOneMessageIsAnsweredInParts() throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try folder.host()
    let rows = 1100
    var request = question("well", rows: rows)
    request.counts = ComparisonCounts(
      reference: Array(repeating: 1, count: 1000), current: Array(repeating: 1, count: 1000 * rows))
    #expect(try host.compare(request) == .statistics(Array(repeating: 0.5, count: rows)))
  }

  @Test func aThreadOfTheCoordinatorAnswersAsAProcessDoes() throws {
    let folder = try RegistryFolder("Misbehaving")
    let host = try ComparatorHost(registry: folder.registry, isolation: .none)
    #expect(try host.compare(question("well")) == .statistics([0.5, 0.5, 0.5]))
  }

  struct Unexpected: Error {}
}
