import AssayTestSupport
import Foundation
import Testing

struct PluginCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("plugins"), withIntermediateDirectories: true)
  }

  /// Copies a fixture of the build into the folder of plugins.
  private func install(_ fixture: String) throws {
    try FileManager.default.copyItem(
      at: Assay.folder.appending(path: "libAssayTestPlugin\(fixture).so"),
      to: URL(filePath: folder.path("plugins/libAssayPlugin\(fixture).so")))
  }

  private func run(_ command: String...) throws -> Assay.Run {
    try Assay.run(["plugin"] + command + ["--plugin-path", folder.path("plugins")])
  }

  @Test func allThreeKindsAreListedOneALine() throws {
    try install("KitExample")
    let lines = try run("list").output.split(separator: "\n")
    for (id, kind) in [
      ("com.example.hellinger/1", "comparator"), ("com.example.aspect-ratio/1", "measurement"),
      ("com.example.short-label/1", "invariant"), ("org.assay.kl/1", "comparator"),
    ] {
      #expect(lines.filter { $0.hasPrefix("\(id)\t\(kind)\t") }.count == 1)
    }
  }

  @Test func aPageNamesParametersAndRange() throws {
    let page = try run("show", "org.assay.psi").output
    #expect(page.contains("floor: least share of a bin"))
    #expect(page.contains("[0, inf)"))
  }

  @Test func aPageNamesWhatAMeasurementGives() throws {
    try install("KitExample")
    #expect(try run("show", "com.example.aspect-ratio").output.contains("ratio: real"))
  }

  @Test func anUnknownPluginIsAUsageErrorThatListsTheOthers() throws {
    let run = try run("show", "com.example.nothing/1")
    #expect(run.status == 2 && run.errors.contains("org.assay.kl/1"))
  }

  @Test func whatIsPinnedVerifies() throws {
    try install("KitExample")
    #expect(try Assay.run(["plugin", "pin", folder.path("plugins")]).status == 0)
    let lines = try run("verify").output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("com.example.hellinger/1\tabi 0.2\tpinned\tsha256 ") })
  }

  @Test func aFileThatChangedDoesNotVerify() throws {
    try install("KitExample")
    _ = try Assay.run(["plugin", "pin", folder.path("plugins")])
    let file = try #require(FileHandle(forWritingAtPath: folder.path("plugins/libAssayPluginKitExample.so")))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    let run = try run("verify")
    #expect(run.status == 2 && run.errors.contains("changed after it was pinned"))
  }

  @Test func anUnpinnedPluginIsRefusedWherePinsAreRequired() throws {
    try install("KitExample")
    let run = try run("verify", "--require-pinned")
    #expect(run.status == 2 && run.errors.contains("run `assay plugin pin`"))
  }

  @Test func aPluginThatCrashesWhileItLoadsIsNamed() throws {
    try install("CrashingConstructor")
    let run = try run("list")
    #expect(run.status == 2 && run.errors.contains("libAssayPluginCrashingConstructor.so: crashed"))
  }

  /// Validates one image with an entry that uses a plugin of the folder.
  private func validate(_ entry: String) throws -> Assay.Run {
    try install("KitExample")
    try folder.write(SmallSet.image(1, seed: 1), to: "set/a.jpg")
    let schema = try folder.write("assay: 1\ninvariants:\n  - {id: wide, \(entry)}\n", to: "schema.yaml")
    return try Assay.run([
      "validate", folder.path("set"), "--schema", schema, "--plugin-path", folder.path("plugins"),
    ])
  }

  @Test func aBoundOnWhatAPluginMeasuresDecidesTheExitCode() throws {
    let run = try validate("use: com.example.aspect-ratio/1, bound: {ratio: {min: 5}}")
    #expect(run.status == 1)
    #expect(run.output.contains("error  wide  [measurement.range]"))
  }

  @Test func aPluginThatIsNotThereIsAUsageErrorWithItsPlace() throws {
    let run = try validate("use: com.example.aspect-rate/1")
    #expect(run.status == 2)
    #expect(run.errors.contains("schema.yaml:3:21: no plugin \"com.example.aspect-rate/1\""))
    #expect(run.errors.contains("did you mean \"com.example.aspect-ratio/1\"?"))
  }

  @Test func aFolderThatIsNotThereIsAUsageError() throws {
    let run = try Assay.run(["plugin", "list", "--plugin-path", folder.path("none")])
    #expect(run.status == 2 && run.errors.contains("not a folder of plugins"))
  }
}
