import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Foundation
import Testing

/// Profiles whose hashes are under a key of one's own.
struct HashKeyTests {
  private let folder: TemporaryFolder
  private let set: String
  private let key: HashKey

  init() throws {
    folder = try TemporaryFolder()
    set = try folder.write(SmallSet.members(), to: "set")
    key = try HashKey(file: folder.write("sixteen bytes or more\n", to: "key"))
  }

  /// The profile of the set under a key, as a file.
  private func profile(_ key: HashKey, index: String? = nil) throws -> String {
    var options = IngestOptions(sources: try SourceArgument.parse([set]))
    options.hashKey = key
    options.indexPath = index
    let path = folder.path("\(key.id).json")
    try ProfileFile.write(try Profiling(options).run().profile, to: path)
    return path
  }

  @Test func onlyTheIDOfTheKeyIsInTheProfile() throws {
    let text = String(decoding: try Data(contentsOf: URL(filePath: profile(key))), as: UTF8.self)
    #expect(text.contains("\"hash_key\":\"\(key.id)\"") && !text.contains("sixteen"))
    #expect(key.id != HashKey.published.id)
  }

  @Test func theSampleIsDrawnByTheKey() throws {
    let mine = try ProfileFile.read(profile(key), hashKey: key)
    let published = try ProfileFile.read(profile(.published))
    #expect(mine.encoded() != published.encoded())
    #expect(mine.fingerprint == published.fingerprint && mine.recordCount == published.recordCount)
  }

  @Test func aProfileOfAnotherKeyIsRefusedWithWhatToDo() throws {
    let path = try profile(key)
    let error = #expect(throws: SourceError.self) { try ProfileFile.read(path) }
    #expect(error?.reason.contains(key.id) == true && error?.reason.contains("--hash-key") == true)
    #expect(throws: SourceError.self) { try ProfileFile.merge([path, path], allowingOverlap: true) }
  }

  @Test func profilesOfOneKeyAreMergedAndCompared() throws {
    let path = try profile(key)
    let merged = try ProfileFile.merge([path, path], hashKey: key, allowingOverlap: true).profile
    #expect(merged.configuration.hashKey == key && merged.recordCount == 48)
    var ingest = IngestOptions(sources: [])
    ingest.hashKey = key
    let question = ComparisonQuestion(
      reference: .profile(path), current: [try SetArgument([set])], ingest: ingest, plugins: PluginSearch())
    let report = try ComparisonRun(question).run().reports[0]
    #expect(report.notes.contains("both are of the same records"))
  }

  @Test func anIndexIsOfTheKeyOfItsRun() throws {
    let index = folder.path("set.index")
    _ = try profile(key, index: index)
    #expect(try SetIndex(path: index, hashKey: key, IndexMemory(limit: 1 << 20)).recordCount == 24)
    #expect(throws: SourceError.self) { try SetIndex(path: index, IndexMemory(limit: 1 << 20)) }
  }

  @Test func theSameSecretIsTheSameKey() throws {
    let copy = try folder.write("sixteen bytes or more\n", to: "copy")
    let other = try folder.write("sixteen bytes or more", to: "other")
    #expect(try HashKey(file: copy) == key && HashKey(file: other) != key)
  }

  @Test func aShortSecretIsRefused() throws {
    let path = try folder.write("fifteen bytes..", to: "short")
    let error = #expect(throws: ConfigurationError.self) { try HashKey(file: path) }
    #expect(
      error?.description.contains("at least 16") == true && error?.description.contains("found 15") == true)
    #expect(throws: ConfigurationError.self) { try HashKey(file: folder.path("none")) }
  }
}
