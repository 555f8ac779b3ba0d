import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Testing

/// Columns that a schema does not declare.
struct UndeclaredFieldTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func report(_ sources: [String], schema: String, records: String? = nil) throws -> ValidationReport
  {
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse(sources)))
    request.schemaPath = try folder.write(schema, to: "schema.yaml")
    request.recordsPath = records
    return try Validation(request).run().report
  }

  private func remarks(_ report: ValidationReport) -> [String: Int] {
    let remarks = report.counts.remarks.filter { $0.kind.code == "field.undeclared" }
    return Dictionary(remarks.map { ($0.kind.subject, $0.count) }, uniquingKeysWith: +)
  }

  @Test func aColumnBesideDeclaredOnesIsARemarkCountedByColumn() throws {
    let csv = try folder.write("a,b,c\n1,2,\n3,4,5\n", to: "rows.csv")
    let report = try report([csv], schema: "assay: 1\nfields: {a: {type: integer}}\n")
    #expect(remarks(report) == ["field.b": 2, "field.c": 2])
    #expect(report.verdict == .pass)
  }

  @Test func aSchemaWithoutFieldsRemarksOnNone() throws {
    let csv = try folder.write("a,b\n1,2\n", to: "rows.csv")
    #expect(try remarks(report([csv], schema: "assay: 1\nrecords: {corrupt: {max: 0}}\n")).isEmpty)
  }

  @Test func whatIsDerivedFromTheFolderIsNotUndeclaredAndIsNotWhenJudgedAgain() throws {
    let tree = try folder.write(SmallSet.members(count: 2), to: "tree")
    let schema = "assay: 1\nfields: {n: {type: integer}, camera: {type: string}}\n"
    let rows = folder.path("rows.jsonl")
    #expect(try remarks(report([tree], schema: schema, records: rows)).isEmpty)
    #expect(try remarks(report([rows], schema: schema)).isEmpty)
  }

  @Test func aMemberOfADeclaredObjectIsDeclared() throws {
    let json = try folder.write("{\"user\": {\"name\": \"x\"}, \"other\": {\"name\": 1}}\n", to: "rows.jsonl")
    let report = try report([json], schema: "assay: 1\nfields: {user: {privacy: no_pii}}\n")
    #expect(remarks(report) == ["field.other.name": 1])
  }

  @Test func namesWithoutEndAreRemarkedOnTogether() throws {
    let rows = (0..<80).map { "{\"a\": 1, \"n\($0)\": 1}" }.joined(separator: "\n")
    let report = try report(
      [folder.write(rows, to: "rows.jsonl")], schema: "assay: 1\nfields: {a: {type: integer}}\n")
    #expect(remarks(report).count == 65)
    #expect(remarks(report)["other fields"] == 16)
  }
}
