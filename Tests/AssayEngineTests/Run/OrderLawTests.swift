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
