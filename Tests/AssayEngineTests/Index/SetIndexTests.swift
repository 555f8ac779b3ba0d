import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Foundation
import Testing

/// `--index` keeps what a set has, and answers for it later.
struct SetIndexTests {
  private let folder: TemporaryFolder
  private let memory = IndexMemory(limit: 1 << 22)

  init() throws { folder = try TemporaryFolder() }

  /// Writes the index of forged observations.
  private func write(_ observations: [Observation], to name: String = "set.index") throws -> String {
    let builder = try SetIndexBuilder(IndexMemory(limit: 1 << 16), isKept: true)
    var fingerprint = Fingerprint()
    for observation in observations {
      _ = try builder.add(observation)
      fingerprint.add(observation.recordDigest)
    }
    try builder.write(to: folder.path(name), decoderSignature: "abc", fingerprint: fingerprint)
    return folder.path(name)
  }

  private func observations(_ count: Int = 3000) -> [Observation] {
    var forge = ObservationForge(seed: 5)
    return forge.observations(count)
  }

  @Test func everyKeyAndContentIsFoundAndNoOther() throws {
    let observations = observations()
    let index = try SetIndex(path: try write(observations), memory)
    #expect(observations.allSatisfy { index.hasKey($0.key) && index.hasContent($0.contentDigest) })
    #expect(!index.hasKey(RecordKey("elsewhere.jpg")))
    #expect(!index.hasContent([UInt8](repeating: 3, count: 32)))
    #expect(index.recordCount == observations.count && index.decoderSignature == "abc")
  }

  @Test func theFileDoesNotDependOnTheOrder() throws {
    let observations = observations()
    let first = try Data(contentsOf: URL(filePath: try write(observations)))
    let second = try Data(contentsOf: URL(filePath: try write(observations.reversed(), to: "other")))
    #expect(first == second)
    #expect(first.count <= 48 * observations.count)
  }

  @Test(arguments: [0, 3, 4, 7, 8, 11, 12, 64])
  func nearHashesAreExact(radius: Int) throws {
    var random = SplitMix64(seed: 3)
    let centre = random.next()
    let hashes = (0..<400).map { index in
      (0..<index % 20).reduce(centre) { hash, _ in hash ^ 1 << (random.next() % 64) }
        ^ (index % 3 == 0 ? random.next() : 0)
    }
    let index = try SetIndex(path: try write(hashes.map { ComparedSets.hashed($0) }), memory)
    let expected = Set(hashes).filter { ($0 ^ centre).nonzeroBitCount <= radius }
    let found = index.pHashes.neighbours(of: centre, within: radius)
    #expect(Set(found.map(\.hash)) == expected)
    #expect(found.map(\.distance) == found.map(\.distance).sorted())
  }

  private static let hashes: [UInt64] = {
    var random = SplitMix64(seed: 4)
    return (0..<20_000).map { _ in random.next() }
  }()

  @Test func whatFindsNearHashesIsInTheMemoryOfIndexesAndGoesWithThem() throws {
    let path = try write(Self.hashes.map { ComparedSets.hashed($0) })
    do {
      let index = try SetIndex(path: path, memory)
      #expect(memory.used >= 16 * index.pHashes.count && index.pHashes.count == 20_000)
    }
    #expect(memory.used == 0)
  }

  @Test func withoutMemoryTheSameHashesAreNear() throws {
    let path = try write(Self.hashes.map { ComparedSets.hashed($0) })
    let small = IndexMemory(limit: 1)
    let (index, other) = (try SetIndex(path: path, small), try SetIndex(path: path, memory))
    #expect(small.used == 0)
    for hash in Self.hashes.prefix(200) {
      let near = index.pHashes.neighbours(of: hash ^ 0b101, within: 11)
      #expect(
        near == other.pHashes.neighbours(of: hash ^ 0b101, within: 11) && near.contains { $0.hash == hash })
    }
  }

  @Test func aRunKeepsItsIndex() throws {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    var options = IngestOptions(sources: try SourceArgument.parse([tree]))
    options.indexPath = folder.path("tree.index")
    let profile = try Profiling(options).run().profile
    let index = try SetIndex(path: folder.path("tree.index"), memory)
    #expect(index.keys.count == 24 && index.recordCount == 24)
    #expect(index.hasKey(RecordKey("a/000.png")) && !index.pHashes.isEmpty)
    #expect(index.decoderSignature == profile.configuration.decoderSignature)
    #expect(index.fingerprint == profile.fingerprint && index.fingerprint != Fingerprint())
  }

  @Test func anyShorterFileIsRefused() throws {
    let whole = Array(try Data(contentsOf: URL(filePath: try write(observations(200)))))
    for count in stride(from: 0, to: whole.count, by: 7) {
      let path = try folder.write(Array(whole.prefix(count)), to: "short")
      #expect(throws: SourceError.self) { try SetIndex(path: path, memory) }
    }
  }

  @Test(arguments: [
    (0, "expected an index"), (8, "version"), (24, "was it cut off?"), (31, "elements"), (50, "hash key"),
  ])
  func aWrongHeaderSaysWhatIsWrong(offset: Int, reason: String) throws {
    var bytes = Array(try Data(contentsOf: URL(filePath: try write(observations(50)))))
    bytes[offset] ^= 0x55
    let path = try folder.write(bytes, to: "wrong")
    let error = #expect(throws: SourceError.self) { try SetIndex(path: path, memory) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test func digestsOutOfOrderAreRefused() throws {
    var bytes = Array(try Data(contentsOf: URL(filePath: try write(observations(50)))))
    let header = Int(bytes[12])
    bytes.replaceSubrange(header..<header + 10, with: [UInt8](repeating: 0xFF, count: 10))
    let path = try folder.write(bytes, to: "wrong")
    let error = #expect(throws: SourceError.self) { try SetIndex(path: path, memory) }
    #expect(error?.reason.contains("do not ascend") == true)
  }
}
