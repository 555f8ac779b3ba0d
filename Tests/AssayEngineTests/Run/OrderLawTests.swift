import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Law 3: the same records give the same profile bytes, whatever the order, container, workers and sharding.
struct OrderLawTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func profile(
    _ sources: [String], workers: Int = 2, isolation: Isolation = .process, partition: Partition = .none
  ) throws -> Profile {
    var options = IngestOptions(sources: try SourceArgument.parse(sources))
    options.workers = workers
    options.isolation = isolation
    if case .groups(let field) = partition { options.reading.groupField = field }
    return try Profiling(options, partition: partition).run().profile
  }

  @Test(arguments: ArchiveForge.Format.allCases, [1, 3])
  func everyContainerGivesTheBytesOfTheFolder(format: ArchiveForge.Format, workers: Int) throws {
    let members = SmallSet.members()
    let tree = try folder.write(members, to: "tree")
    let path = try folder.write(ArchiveForge.archive(format, members), to: "set")
    #expect(try profile([path], workers: workers).encoded() == profile([tree], workers: 1).encoded())
  }

  @Test func aStreamGivesTheBytesOfTheFolder() throws {
    let members = SmallSet.members()
    let tree = try folder.write(members, to: "tree")
    let tar = try folder.write(ArchiveForge.archive(.tarGzip, members), to: "set.tar.gz")
    #expect(try profile(["pipe:cat '\(tar)'"]).encoded() == profile([tree]).encoded())
  }

  @Test func isolationChangesNoByte() throws {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    #expect(try profile([tree], isolation: .none).encoded() == profile([tree]).encoded())
  }

  @Test(arguments: [2, 3, 5])
  func anySplitMergesToTheWhole(shardCount: Int) throws {
    let members = SmallSet.members(count: 30)
    let tree = try folder.write(members, to: "tree")
    // Records must not be torn apart: a sidecar goes where its image goes.
    let shards = Dictionary(grouping: members) { member in
      member.path.prefix { $0 != "." }.utf8.reduce(0) { $0 &+ Int($1) } % shardCount
    }
    let parts = try shards.map { index, members in
      try profile([try folder.write(members, to: "shard\(index)")], partition: .groups(by: "camera"))
    }
    var merged = parts[0]
    for part in parts.dropFirst() { try merged.merge(part) }
    #expect(try merged.encoded() == profile([tree], partition: .groups(by: "camera")).encoded())
  }

  @Test func overlappingPartsAreRefused() throws {
    let members = SmallSet.members()
    let whole = try profile([try folder.write(members, to: "tree")])
    var part = try profile([try folder.write(Array(members.prefix(12)), to: "part")])
    #expect(throws: ProfileMergeError.self) { try part.merge(whole) }
  }

  @Test func rowsComeInSourceOrderWhateverTheWorkers() throws {
    let tree = try folder.write(SmallSet.members(count: 200), to: "tree")
    var options = IngestOptions(sources: try SourceArgument.parse([tree]))
    options.workers = 4
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    let keys = collector.observations.map(\.key)
    #expect(keys == keys.sorted())
  }
}

/// Several containers in one run share the arenas, one after the other.
struct ManyContainersTests {
  @Test(arguments: [1, 2, 4])
  func smallCompressedShardsGiveTheBytesOfTheFolder(workers: Int) throws {
    let folder = try TemporaryFolder()
    let members = SmallSet.members(count: 96)
    let tree = try folder.write(members, to: "tree")
    let groups = Dictionary(grouping: members) { member in
      member.path.prefix { $0 != "." }.utf8.reduce(0) { $0 &+ Int($1) } % 16
    }
    let shards = try groups.sorted { $0.key < $1.key }.map { index, members in
      try folder.write(ArchiveForge.archive(.tarGzip, members), to: "shard\(index).tar.gz")
    }
    func profile(_ sources: [String]) throws -> [UInt8] {
      var options = IngestOptions(sources: try SourceArgument.parse(sources))
      options.workers = workers
      return try Profiling(options).run().profile.encoded()
    }
    #expect(try profile(shards) == profile([tree]))
  }

  @Test func concatenatedTarsAreReadToTheEnd() throws {
    let folder = try TemporaryFolder()
    let first = ArchiveForge.archive(.tar, [.init("a.jpg", SmallSet.image(1, seed: 1))])
    let second = ArchiveForge.archive(.tar, [.init("b.jpg", SmallSet.image(1, seed: 2))])
    let path = try folder.write(first + second, to: "both.tar")
    let options = IngestOptions(sources: try SourceArgument.parse([path]))
    let collector = Collector()
    let summary = try IngestRun(options, consumers: [collector]).run()
    #expect(collector.observations.map(\.key.display) == ["a.jpg", "b.jpg"])
    #expect(summary.sources[0].failure == nil)
  }

  @Test func aCommandThatGoesOnWritingIsNoFailure() throws {
    let folder = try TemporaryFolder()
    let tar = try folder.write(ArchiveForge.archive(.tarGzip, SmallSet.members()), to: "set.tar.gz")
    let options = IngestOptions(sources: try SourceArgument.parse(["pipe:cat '\(tar)'; sleep 0.1"]))
    let summary = try IngestRun(options, consumers: []).run()
    #expect(summary.sources[0].failure == nil)
    #expect(summary.sources[0].records == 24)
  }

  @Test func veryLongNamesDoNotBlockTheRun() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "d/", count: 40) + String(repeating: "n", count: 140)
    let members = (0..<300).map {
      ArchiveForge.Member("\(long)\($0).jpg", SmallSet.image(1, seed: UInt64($0)))
    }
    let path = try folder.write(ArchiveForge.archive(.zip, members), to: "long.zip")
    let options = IngestOptions(sources: try SourceArgument.parse([path]))
    #expect(try IngestRun(options, consumers: []).run().sources[0].records == 300)
  }
}
