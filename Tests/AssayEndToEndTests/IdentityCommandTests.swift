import AssayTestSupport
import Foundation
import Testing

/// What tells records apart is new in new data by nature, and so is when it was taken.
struct IdentityCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write("train", rows: 0..<2000)
    try write("today", rows: 2000..<2400)
  }

  /// Rows of eight weeks, or for `today` of one day; sessions of forty rows.
  private func write(_ name: String, rows: Range<Int>, hasIDs: Bool = true) throws {
    let lines = rows.map { row in
      let day = name == "train" ? row % 56 : 60
      let date =
        day < 31 ? "2026-01-\(day < 9 ? "0" : "")\(day + 1)" : "2026-03-\(day < 40 ? "0" : "")\(day - 30)"
      let id = hasIDs ? "\(row)" : ""
      return "\(id),s\(row / 40),\(date)T\(10 + row % 10):00:00Z,\(row * 7919 % 1000)\n"
    }
    try folder.write("id,session,taken,x\n" + lines.joined(), to: "\(name).csv")
  }

  private func compare(_ schema: String, _ reference: String = "train.csv") throws -> Assay.Run {
    try folder.write(
      "assay: 1\nfields: {x: {type: integer}, id: {type: integer}, session: {type: string}}\n\(schema)\n",
      to: "schema.yaml")
    return try Assay.run(["compare", reference, "today.csv", "--schema", "schema.yaml"], in: folder.url)
  }

  private static let declared = """
    manifest: {id: id}
    roles: {group: session}
    """

  @Test func withoutAWordAllOfItMoves() throws {
    let run = try compare("")
    #expect(run.status == 1 && run.output.contains("field.id"), "\(run.output)")
  }

  @Test func identitiesAreLeftOutAndNamed() throws {
    let run = try compare(Self.declared)
    #expect(run.status == 0, "\(run.output)")
    #expect(
      run.output.contains(
        "note: not compared, as new records have new ones: field.id (the key of records), field.session "
          + "(what records are grouped by)\n"), "\(run.output)")
  }

  @Test func groupsAreNotComparedByTheirNames() throws {
    _ = try Assay.run(
      ["profile", "train.csv", "--group-by", "session", "-o", "train.json", "--quiet"], in: folder.url)
    let run = try compare("manifest: {id: id}", "train.json")
    #expect(
      run.status == 0 && run.output.contains("field.session (what records are grouped by)"), "\(run.output)")
  }

  @Test func whetherTheyAreThereIsComparedStill() throws {
    try write("today", rows: 2000..<2400, hasIDs: false)
    let run = try compare("roles: {id: id, group: session}")
    #expect(run.status == 1 && run.output.contains("field.id (id)"), "\(run.output)")
  }

  @Test func whatTheSchemaNamesIsCompared() throws {
    let run = try compare(
      Self.declared + "\ndrift: {features: {field.id: {comparator: org.assay.ks/1, threshold: 0.5}}}")
    #expect(run.status == 1 && run.output.contains("field.id"), "\(run.output)")
  }
}
