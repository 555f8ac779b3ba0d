import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// What a set's fingerprint covers: keys, every image, every field; of private fields what may be told of them.
struct FingerprintTests {
  private static let schema = """
    assay: 1
    images: {image: {}, mask: {}}
    fields:
      user: {type: string, privacy: {masked: sha256}}
      taken: {type: timestamp}
      age: {type: integer}
    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ sources: [String]) throws -> IngestOptions {
    let path = try folder.write(Self.schema, to: "schema.yaml")
    var options = IngestOptions(sources: try SourceArgument.parse(sources))
    try RunSchema(path: path, environment: nil, plugins: PluginSearch()).apply(to: &options)
    return options
  }

  private func profile(_ sources: String...) throws -> Profile {
    try Profiling(try options(sources)).run().profile
  }

  private func fingerprint(_ sources: String...) throws -> String {
    try Profiling(try options(sources)).run().profile.fingerprint.text
  }

  /// Two records: one with a mask and a sidecar, whose members may come in any order, and one alone.
  private func members(
    mask: UInt64 = 5, age: String = "30", user: String = "bob", key: String = "a/0"
  ) -> [ArchiveForge.Member] {
    [
      .init("\(key).png", SmallSet.image(0, seed: 1)),
      .init("\(key).mask.png", SmallSet.image(0, seed: mask)),
      .init("\(key).json", Array("{\"user\": \"\(user)\", \"age\": \(age)}".utf8)),
      .init("b/1.jpg", SmallSet.image(1, seed: 2)),
    ]
  }

  private func fingerprint(_ members: [ArchiveForge.Member], in name: String) throws -> String {
    try fingerprint(try folder.write(ArchiveForge.archive(.tar, members), to: name))
  }

  @Test func aChangedMaskOrFieldOrKeyChangesIt() throws {
    let sets = [members(), members(mask: 6), members(age: "31"), members(key: "a/2")]
    let texts = try sets.enumerated().map { try fingerprint($1, in: "\($0).tar") }
    #expect(Set(texts).count == sets.count)
  }

  @Test func aPrivateValueIsInItByItsFactsOnly() throws {
    let bob = try fingerprint(members(), in: "bob.tar")
    #expect(try fingerprint(members(user: "eve"), in: "eve.tar") == bob)
    #expect(try fingerprint(members(user: "christopher"), in: "long.tar") != bob)
  }

  @Test(arguments: [[0, 1, 2, 3], [2, 1, 0, 3], [3, 1, 2, 0]])
  func theOrderOfMembersIsInNoByteOfTheProfile(order: [Int]) throws {
    let members = members()
    let tree = try folder.write(members, to: "tree")
    let tar = try folder.write(ArchiveForge.archive(.tar, order.map { members[$0] }), to: "set.tar")
    #expect(try profile(tar).encoded() == profile(tree).encoded())
  }

  @Test func theFolderAroundARecordIsNotInIt() throws {
    let image = SmallSet.image(1, seed: 1)
    let flat = try folder.write([ArchiveForge.Member("a.jpg", image)], to: "flat")
    let deep = try folder.write([ArchiveForge.Member("x/a.jpg", image)], to: "deep")
    var options = try options([deep])
    options.stripComponents = 1
    #expect(try Profiling(options).run().profile.fingerprint.text == fingerprint(flat))
  }

  @Test func aCopyInAFolderIsTheSameOnceThatIsStripped() throws {
    let members = members()
    let tree = try folder.write(members, to: "ms")
    let packed = members.map { ArchiveForge.Member("ms/" + $0.path, $0.bytes) }
    var options = try options([folder.write(ArchiveForge.archive(.tar, packed), to: "q.tar")])
    options.stripComponents = 1
    #expect(try Profiling(options).run().profile.encoded() == profile(tree).encoded())
  }

  @Test func aPrefixIsTheSameAsAFolderOfThatName() throws {
    let members = members() + [ArchiveForge.Member("top.jpg", SmallSet.image(1, seed: 9))]
    let inside = try folder.write(
      members.map { ArchiveForge.Member("pre/" + $0.path, $0.bytes) }, to: "outer")
    var options = try options([folder.path("outer/pre")])
    options.keyPrefix = "pre/"
    #expect(try Profiling(options).run().profile.encoded() == profile(inside).encoded())
  }

  @Test func profilesOfAFilesPartsMergeWhereBothHaveABadRow() throws {
    let rows = ["1,x", "bad", "2,y", "worse", "3,z", "bad"]
    func profile(of rows: some Sequence<String>, _ name: String) throws -> Profile {
      try self.profile(folder.write("a,b\n" + rows.joined(separator: "\n") + "\n", to: name))
    }
    var merged = try profile(of: rows.prefix(2), "first.csv")
    try merged.merge(profile(of: rows.dropFirst(2), "second.csv"))
    #expect(try merged.encoded() == profile(of: rows.reversed(), "whole.csv").encoded())
  }

  @Test func everyManifestFormatGivesTheSameProfile() throws {
    let image = SmallSet.image(1, seed: 1)
    let tree = try folder.write([ArchiveForge.Member("a.jpg", image)], to: "tree")
    let csv = try folder.write(
      "path,age,taken,x,on,none,user\na.jpg,30,1772323200,1.50,true,,bob\n", to: "rows.csv")
    let json = try folder.write(
      #"{"user":"bob","x":1.5,"on":true,"taken":1772323200,"path":"a.jpg","none":null,"age":30}"#
        + "\n",
      to: "rows.jsonl")
    #expect(try profile(tree, csv).encoded() == profile(tree, json).encoded())
  }

  @Test func aWholeNumberIsTheSameInEverySpelling() throws {
    let csv = try folder.write("id,x\n1,2.0\n", to: "rows.csv")
    let json = try folder.write("{\"x\": 2, \"id\": 1e0}\n", to: "rows.jsonl")
    #expect(try fingerprint(csv) == fingerprint(json))
  }

  @Test func rowsThatWereRecordedHaveTheFingerprintOfTheirRun() throws {
    let tar = try folder.write(ArchiveForge.archive(.tar, members()), to: "set.tar")
    let table = try folder.write("age,user\n30,bob\n31,eve\n", to: "table.csv")
    for source in [tar, table] {
      var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([source])))
      request.schemaPath = try folder.write(Self.schema, to: "schema.yaml")
      request.recordsPath = folder.path("rows.jsonl")
      _ = try Validation(request).run()
      #expect(try fingerprint(folder.path("rows.jsonl")) == fingerprint(source), "\(source)")
    }
  }
}

/// The keys and digests of the rows of a table.
struct TableRowDigestTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func records(_ source: String, schema: String = "assay: 1\n") throws -> [Observation] {
    let path = try folder.write(schema, to: "schema.yaml")
    var options = IngestOptions(sources: try SourceArgument.parse([source]))
    try RunSchema(path: path, environment: nil, plugins: PluginSearch()).apply(to: &options)
    let collector = Collector()
    _ = try IngestRun(options, consumers: [collector]).run()
    return collector.observations
  }

  /// Computed by hand from the documented spelling: a change of it would orphan every profile that is kept.
  @Test func theSpellingThatDigestsAreTakenOfIsFrozen() throws {
    let json = try folder.write(
      #"{"t":"x","n":-3,"r":0.5,"b":true,"v":[1,2.5],"p":"bob","m":null}"# + "\n", to: "rows.jsonl")
    let record = try #require(
      try records(json, schema: "assay: 1\nfields: {p: {privacy: {masked: md5}}}\n").first)
    #expect(
      Hex.encode(bytes: record.contentDigest)
        == "6a1c9f0ec6ffaa1e7b51a49842b741b2029b242f8740102f5a8a1f4d3296bce3")
    #expect(
      Hex.encode(bytes: record.recordDigest)
        == "d375b369048755d1ce5d0f4566ab235b37158d6211de9281dc13a96feebc1e73")
  }

  @Test func noDigestConfirmsAPrivateValue() throws {
    let csv = try folder.write("label,user\ncat,bob\ncat,eve\ncat,\n", to: "rows.csv")
    let rows = try records(csv, schema: "assay: 1\nfields: {user: {privacy: {masked: sha256}}}\n")
    #expect(rows[0].key == rows[1].key)
    #expect(rows[0].contentDigest == rows[1].contentDigest)
    #expect(rows[0].recordDigest == rows[1].recordDigest)
    #expect(rows[0].key != rows[2].key)
  }

  @Test func anIDThatHoldsPersonalDataIsNoKey() throws {
    let csv = try folder.write("id,label\nbob@example.org,cat\n7,dog\n", to: "rows.csv")
    let schema = "assay: 1\nmanifest: {id: id}\nfields: {id: {type: string, privacy: no_pii}}\n"
    let rows = try records(csv, schema: schema)
    #expect(!rows[0].key.display.contains("bob"))
    #expect(rows[1].key.display == "7")
  }

  @Test(arguments: ["a\n1\n", "{\"a\": 1}\n"])
  func aSourcesPrefixIsInTheKeys(text: String) throws {
    let name = text.hasPrefix("{") ? "rows.jsonl" : "rows.csv"
    let path = try folder.write(text, to: name)
    let (plain, prefixed) = (try records(path)[0], try records("\(path)::siteA/")[0])
    #expect(prefixed.key.display == "siteA/" + plain.key.display)
    #expect(prefixed.contentDigest == plain.contentDigest)
    #expect(prefixed.recordDigest != plain.recordDigest)
  }

  @Test func aPrefixIsInTheKeysOfRowsWithAnIDAndOfBadRows() throws {
    let csv = try folder.write("id,b\n7,x\nonly one\n", to: "rows.csv")
    let rows = try records("\(csv)::p/", schema: "assay: 1\nmanifest: {id: id}\n")
    #expect(rows[0].key.display == "p/7")
    #expect(rows[1].key.display.hasPrefix("p/row "))
  }

  @Test func aPrefixForRecordedRowsIsRefused() throws {
    let csv = try folder.write("a\n1\n", to: "rows.csv")
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([csv])))
    request.recordsPath = folder.path("rows.jsonl")
    _ = try Validation(request).run()
    #expect(throws: ConfigurationError.self) { try records(folder.path("rows.jsonl") + "::p/") }
  }
}
