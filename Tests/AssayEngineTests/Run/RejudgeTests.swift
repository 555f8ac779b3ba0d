import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// A file of records is judged again as if its images had been decoded.
struct RejudgeTests {
  private static let schema = """
    assay: 1
    images: {image: {formats: [jpeg], width: {max: 40}}}
    fields:
      n: {type: integer, max: 12}
      camera: {privacy: {masked: sha256}}
    invariants: [{id: bright, assert: "image.brightness > 0.2"}]
    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validate(_ source: String, records: String, schema: String = schema) throws
    -> ValidationReport
  {
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([source])))
    request.schemaPath = try folder.write(schema, to: "schema.yaml")
    request.recordsPath = folder.path(records)
    return try Validation(request).run().report
  }

  @Test func rowsAndVerdictsAreTheSameAsWithDecoding() throws {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    try folder.write(Array(SmallSet.image(1, seed: 1).dropLast(20)), to: "tree/broken.jpg")
    let decoded = try validate(tree, records: "first.jsonl")
    let again = try validate(folder.path("first.jsonl"), records: "second.jsonl")
    #expect(try folder.text("first.jsonl") == folder.text("second.jsonl"))
    #expect(again.rules.map(\.verdict) == decoded.rules.map(\.verdict))
    #expect(again.rules.map(\.violated) == decoded.rules.map(\.violated))
    #expect(again.counts.outcomes == decoded.counts.outcomes)
  }

  @Test func noPrivateValueIsInTheRows() throws {
    let tree = try folder.write(SmallSet.members(), to: "tree")
    _ = try validate(tree, records: "rows.jsonl")
    let text = try folder.text("rows.jsonl")
    #expect(text.contains("\"private\":{\"camera\":"))
    #expect(!text.contains("\"c1\""))
  }

  private static let privacy = """
    assay: 1
    fields:
      txt: {type: string, privacy: no_pii}
      user: {type: string, required: true, max_length: 64, privacy: {masked: sha256}}
      name: {type: string, privacy: dropped}
    """

  /// Personal data, clear text, a name that should not be there, an absent user, and a row in order.
  private func writeTable() throws -> String {
    let digest = String(repeating: "0a", count: 32)
    return try folder.write(
      "id,txt,user,name\n1,mail joe@x.org,\(digest),\n2,fine,joe,\n3,fine,\(digest),Joe\n4,fine,,\n5,fine,\(digest),\n",
      to: "table.csv")
  }

  @Test func privateFieldsAreJudgedAgainAsTheyWereJudgedFirst() throws {
    let first = try validate(writeTable(), records: "first.jsonl", schema: Self.privacy)
    let again = try validate(folder.path("first.jsonl"), records: "second.jsonl", schema: Self.privacy)
    #expect(try folder.text("first.jsonl") == folder.text("second.jsonl"))
    #expect(first.rules.filter { $0.verdict != .pass }.count == 4)
    #expect(again.rules.map(\.verdict) == first.rules.map(\.verdict))
    #expect(again.rules.map(\.violated) == first.rules.map(\.violated))
    #expect(again.rules.map(\.notEvaluated) == first.rules.map(\.notEvaluated))
  }

  /// Rules of a second schema that say something else of values that the first one kept out of the rows.
  @Test(arguments: [
    "txt: {privacy: no_pii}", "txt: {type: string, values: [fine, xxxxxxxx]}", "txt: {type: integer}",
    "txt: {regex: 'x*'}", "txt: {min_length: 13}", "txt: {type: string, unique: true}",
  ])
  func aRuleOverAValueThatIsNotInTheRowDoesNotPass(field: String) throws {
    let schema = "assay: 1\nfields: {txt: {privacy: {masked: sha256}}}\n"
    _ = try validate(folder.write("txt\nmail joe@x.org\n", to: "t.csv"), records: "a.jsonl", schema: schema)
    let again = try validate(
      folder.path("a.jsonl"), records: "b.jsonl", schema: "assay: 1\nfields: {\(field)}\n")
    #expect(again.rules.contains { $0.notEvaluated == 1 && $0.verdict == .fail })
    #expect(try folder.text("b.jsonl").contains("\"code\":\"rule.null\""))
  }

  @Test(arguments: ["user IS NULL", "coalesce(user, '') = ''", "user LIKE '0%'"])
  func anExpressionOverAValueThatIsNotInTheRowIsNotEvaluated(sql: String) throws {
    _ = try validate(writeTable(), records: "a.jsonl", schema: Self.privacy)
    let again = try validate(
      folder.path("a.jsonl"), records: "b.jsonl",
      schema: "assay: 1\nfields: {user: {type: string}}\ninvariants: [{id: e, assert: \"\(sql)\"}]\n")
    #expect(again.rules.first { $0.rule == "e" }?.notEvaluated == (sql == "user LIKE '0%'" ? 5 : 4))
  }

  @Test func nothingIsInventedForAValueThatIsNotInTheRow() throws {
    _ = try validate(writeTable(), records: "a.jsonl", schema: Self.privacy)
    let bare = "assay: 1\nslices: [{by: txt}]\nfields: {txt: {type: string, unique: true}}\n"
    _ = try validate(folder.path("a.jsonl"), records: "b.jsonl", schema: bare)
    #expect(try !folder.text("b.jsonl").contains("xxx"))
    let rows = IngestOptions(sources: try SourceArgument.parse([folder.path("a.jsonl")]))
    let fields = try Profiling(rows).run().profile.whole.fields
    #expect(fields["txt"]?.privacy != nil)
    #expect(fields["user"]?.privacy != nil && fields["user"]?.texts == nil)
  }

  @Test func anUnknownOutcomeIsAnErrorThatNamesRowAndOutcome() throws {
    let tree = try folder.write(SmallSet.members(count: 3), to: "tree")
    _ = try validate(tree, records: "rows.jsonl")
    let odd = try folder.text("rows.jsonl").replacing("\"outcome\":\"ok\"", with: "\"outcome\":\"fine\"")
    let report = try validate(folder.write(odd, to: "odd.jsonl"), records: "again.jsonl")
    #expect(report.verdict == .fail)
    let rows = try folder.text("again.jsonl").split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.contains("row.malformed") && $0.contains("unknown outcome \\\"fine\\\"") })
    #expect(rows.last?.contains("\"subject\":\"row 3\"") == true)
  }
}
