import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Which records are matched, and what they disagree in.
struct SkewJoinTests {
  private let sets: SkewSets

  init() throws { sets = try SkewSets() }

  @Test func recordsOfTheSameValueAreMatched() throws {
    let skew = try sets.skew(["id,x", "a,1", "b,2", "c,3"], ["id,x", "d,9", "c,4", "a,1"])
    #expect(skew.matched == 2 && skew.reference.unmatched == 1 && skew.current.unmatched == 1)
    #expect(skew.reference.unmatchedExamples == ["b"] && skew.current.unmatchedExamples == ["d"])
    #expect(skew.counts == ["field.x": 1])
  }

  @Test func anExampleHasBothValuesAndBothPlaces() throws {
    let skew = try sets.skew(["id,x", "a,1", "b,2"], ["id,x", "b,5", "a,1"])
    let example = try #require(skew.finding("field.x")?.examples.first)
    #expect(
      example.join == "b" && example.referenceValue == .integer(2) && example.currentValue == .integer(5))
    #expect(example.reference.row == 2 && example.current.row == 1)
  }

  @Test func repeatedValuesAreLeftOutOnBothSides() throws {
    let skew = try sets.skew(
      ["id,x", "a,1", "b,2", "c,3", "c,3"], ["id,x", "a,9", "a,9", "b,2", "c,4", "d,1", "d,2"])
    #expect(skew.matched == 1 && skew.counts.isEmpty)
    #expect(skew.reference.duplicates == 3 && skew.current.duplicates == 5)
    #expect(skew.reference.adds(to: skew.matched) && skew.current.adds(to: skew.matched))
  }

  @Test func recordsWithoutTheFieldAreCounted() throws {
    let skew = try sets.skew(["id,x", "a,1", ",2", ",3"], ["id,x", "a,1", ",2"])
    #expect(skew.matched == 1 && skew.reference.withoutValue == 2 && skew.current.withoutValue == 1)
    #expect(skew.reference.adds(to: 1) && skew.current.adds(to: 1))
  }

  @Test func aColumnOfOneSideIsMissingOnTheOther() throws {
    let skew = try sets.skew(["id,x,old", "a,1,p", "b,1,q"], ["id,x,new", "a,1,p", "b,1,"])
    #expect(skew.finding("field.old")?.missingInCurrent == 2)
    #expect(skew.finding("field.new")?.missingInReference == 1)
    #expect(skew.finding("field.new")?.compared == 2)
  }

  @Test func aNumberAndATextThatSpellsItAreMatched() throws {
    let reference = try sets.table("train", ["id,x", "7,1", "8,1"])
    let current = try sets.folder.write(
      "{\"id\": \"7\", \"x\": 1}\n{\"id\": 8, \"x\": 2}\n", to: "serve.jsonl")
    let skew = try #require(sets.run(reference: [reference], current: [current]).skew?.joined)
    #expect(skew.matched == 2 && skew.counts == ["field.id": 1, "field.x": 1])
  }

  @Test func aFieldNamedKeyIsMeantInFull() throws {
    let skew = try sets.skew(["key,x", "a,1"], ["key,x", "a,2"], join: "field.key")
    #expect(skew.by == "field.key" && skew.matched == 1)
  }

  @Test func realsAreComparedWithTheStatedTolerance() throws {
    let (reference, current) = (["id,x", "a,1.5", "b,100"], ["id,x", "a,1.5000001", "b,101.5"])
    #expect(try sets.skew(reference, current).counts == ["field.x": 1])
    let schema = "fields: {x: {type: number}}\ndrift: {skew: {features: {x: {tolerance: 2}}}}"
    #expect(try sets.skew(reference, current, schema: schema).counts.isEmpty)
    let strict = "drift: {skew: {tolerance: 1e-12}}"
    #expect(try sets.skew(reference, current, schema: strict).counts == ["field.x": 2])
  }

  @Test(arguments: ["dropped", "{masked: sha256}"])
  func privateFieldsAreNotComparedAndNotShown(privacy: String) throws {
    let report = try sets.run(
      reference: [sets.table("train", ["id,who", "a,anna", "b,bert"])],
      current: [sets.table("serve", ["id,who", "a,carl", "b,"])],
      schema: "fields: {who: {privacy: \(privacy)}}")
    let skew = try #require(report.skew?.joined)
    #expect(skew.privateFeatures == ["field.who"] && skew.finding("field.who") == nil)
    #expect(report.text().contains("not compared: private (1): field.who"))
    for name in ["anna", "bert", "carl"] { #expect(!(report.text() + report.json()).contains(name)) }
  }

  @Test func textsWithPersonalDataAreNotComparedInThoseRecords() throws {
    let skew = try sets.skew(
      ["id,note", "a,call 555", "b,mail to anna@example.com"], ["id,note", "a,calm", "b,gone"],
      schema: "fields: {note: {type: string, privacy: no_pii}}")
    let finding = try #require(skew.finding("field.note"))
    #expect(finding.compared == 1 && finding.disagreeing == 1 && finding.examples.map(\.join) == ["a"])
  }

  @Test func rowsOfAnEarlierRunStayPrivateWithoutItsSchema() throws {
    var request = ValidationRequest(
      ingest: IngestOptions(sources: try SourceArgument.parse([sets.table("train", ["id,who", "a,anna"])])))
    request.schemaPath = try sets.folder.write(
      "assay: 1\nfields: {who: {privacy: dropped}}\n", to: "private.yaml")
    request.recordsPath = sets.folder.path("rows.jsonl")
    _ = try Validation(request).run()
    let report = try sets.run(
      reference: [sets.folder.path("rows.jsonl")], current: [sets.table("serve", ["id,who", "a,carl"])])
    #expect(report.skew?.joined?.matched == 1)
    #expect(report.skew?.joined?.privateFeatures == ["field.who"])
  }

  @Test func aPrivateFieldJoinsNothing() throws {
    #expect(throws: ConfigurationError.self) {
      try sets.skew(["id", "a"], ["id", "a"], schema: "fields: {id: {privacy: dropped}}")
    }
  }

  @Test(arguments: [true, false])
  func aProfileOnASideIsRefused(isReference: Bool) throws {
    let table = try sets.table("train", ["id", "a"])
    let profile = sets.folder.path("train.profile.json")
    try ProfileFile.write(
      try Profiling(IngestOptions(sources: SourceArgument.parse([table]))).run().profile, to: profile)
    let error = #expect(throws: ConfigurationError.self) {
      try sets.run(reference: [isReference ? profile : table], current: [isReference ? table : profile])
    }
    #expect(error?.description.hasPrefix("\(profile): --join matches records one by one") == true)
  }

  @Test func withoutAJoinNothingIsMatched() throws {
    let report = try sets.run(
      reference: [sets.table("train", ["id", "a"])], current: [sets.table("serve", ["id", "a"])], join: nil)
    #expect(report.skew == nil && report.json().contains("\"skew\": null"))
  }

  @Test func textsThatDifferOutOfSightAreSaidTo() throws {
    let word = String(repeating: "x", count: 60)
    let report = try sets.run(
      reference: [sets.table("train", ["id,x", "a,\(word)1"])],
      current: [sets.table("serve", ["id,x", "a,\(word)2"])])
    #expect(report.text().contains("(they differ in what is not shown)"))
  }

  @Test func whereNothingMatchesTheSidesSayWhatTheyHave() throws {
    let report = try sets.run(
      reference: [sets.table("train", ["id", "a"])], current: [sets.table("serve", ["id", "b"])])
    #expect(report.text().contains("0 records matched by field.id"))
    #expect(report.text().contains("1 unmatched + 0 with a repeated value + 0 without a value, such as a\n"))
  }
}
