import AssayTestSupport
import Foundation
import Testing

/// A profile of an archive that ends early says so for ever.
struct PartialProfileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let tar = ArchiveForge.archive(.tar, SmallSet.members(count: 12))
    try folder.write(Array(tar.prefix(tar.count / 2 + 100)), to: "cut.tar")
    try folder.write("n\n1\n2\n", to: "rows.csv")
    _ = try run("profile", "rows.csv", "-o", "rows.json")
  }

  private func run(_ arguments: String...) throws -> Assay.Run { try Assay.run(arguments, in: folder.url) }

  @Test func theFileSaysSo() throws {
    #expect(try run("profile", "cut.tar", "-o", "cut.json").status == 3)
    #expect(try folder.text("cut.json").contains("\"partial\":true"))
    #expect(try !folder.text("rows.json").contains("partial"))
  }

  @Test func soDoesWhatIsMadeOfIt() throws {
    _ = try run("profile", "cut.tar", "-o", "cut.json")
    let merged = try run("merge", "cut.json", "rows.json", "-o", "both.json")
    #expect(merged.status == 3 && merged.errors.contains("not read to their end"), "\(merged.errors)")
    let compared = try run("compare", "both.json", "rows.json")
    #expect(compared.status == 3 && compared.output.hasPrefix("INCOMPLETE"), "\(compared.output)")
  }

  @Test func checkWritesItToo() throws {
    let run = try run("check", "cut.tar", "--reference", "rows.json", "-o", "cut.json")
    #expect(run.status == 3, "\(run.errors)")
    #expect(try folder.text("cut.json").contains("\"partial\":true"))
  }
}
