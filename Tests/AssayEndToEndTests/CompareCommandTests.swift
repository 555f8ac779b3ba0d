import AssayTestSupport
import Foundation
import Testing

/// Several sources a side: images and their manifest are one set.
struct CompareCommandTests {
  private let train: PhotoFolder
  private let production: PhotoFolder
  private let folder: TemporaryFolder

  init() throws {
    train = try PhotoFolder()
    var recipe = PhotoFolder.Recipe()
    recipe.seed = 9
    production = try PhotoFolder(recipe)
    folder = try TemporaryFolder()
  }

  @Test func everyNameAfterAProfileIsCurrent() throws {
    let profile = folder.path("train.json")
    _ = try Assay.run(["profile"] + train.sources + ["-o", profile])
    let run = try Assay.run(["compare", profile] + production.sources + ["--format", "json"])
    #expect(run.output.contains("\"feature\": \"field.age\""), "\(run.errors)")
    #expect(!run.output.contains("no such field in the current set"))
  }

  @Test func severalCurrentProfilesAreJudgedOneByOne() throws {
    let (reference, other) = (folder.path("train.json"), folder.path("production.json"))
    _ = try Assay.run(["profile"] + train.sources + ["-o", reference])
    _ = try Assay.run(["profile"] + production.sources + ["-o", other])
    let run = try Assay.run(["compare", reference, other, reference, other])
    #expect(run.output.contains("3 sets against \(reference)"), "\(run.errors)")
    #expect(run.output.components(separatedBy: "\(other) (").count >= 3)
  }

  private func cameras(_ names: Range<Int>, to file: String) throws -> String {
    let rows = names.flatMap { name in (0..<30).map { "camera-\(name),\(name * 7 % 50 + $0)\n" } }
    return try folder.write("camera,x\n" + rows.joined(), to: file)
  }

  @Test(arguments: ["compare", "check"])
  func currentSourcesAreCutAsTheReferenceIs(command: String) throws {
    let reference = folder.path("reference.json")
    let (train, current) = (try cameras(0..<20, to: "train.csv"), try cameras(30..<33, to: "current.csv"))
    _ = try Assay.run(["profile", train, "--group-by", "camera", "-o", reference])
    let run = try Assay.run(
      command == "check" ? ["check", current, "--reference", reference] : ["compare", reference, current])
    #expect(
      run.output.contains("ranked among 999 ways to deal out 20 groups by camera, and its own 3"),
      "\(run.errors)")
  }

  @Test func bothSidesMayBeOfSeveralSources() throws {
    let run = try Assay.run(
      ["compare", "--reference"] + train.sources + ["--current"] + train.sources + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\"both are of the same records\""))
    #expect(run.output.contains("\"feature\": \"field.age\""))
  }

  @Test(arguments: [
    ["a"], ["--reference", "a"], ["--current", "a"], ["b", "--reference", "a"],
    ["a.json", "b.json", "c"],
  ])
  func sidesThatCannotBeToldApartAreAUsageError(names: [String]) throws {
    #expect(try Assay.run(["compare"] + names).status == 2)
  }
}

/// Every command that reads sources says what became of all of it.
struct AccountsTests {
  private let photos: PhotoFolder
  private let folder: TemporaryFolder

  init() throws {
    photos = try PhotoFolder()
    folder = try TemporaryFolder()
  }

  private static let records = "records  40 = 40 accepted + 0 rejected"
  private static let entries = "entries  43 = 40 in records + 3 folders + 0 ignored + 0 other + 0 failed"

  @Test(arguments: ["profile", "infer"])
  func whatWritesAFileAccountsOnStandardError(command: String) throws {
    let run = try Assay.run([command] + photos.sources + ["-o", folder.path("out")])
    #expect(run.errors.contains(Self.records) && run.errors.contains(Self.entries), "\(run.errors)")
  }

  @Test(arguments: ["profile", "infer"])
  func whatWritesAFileAccountsInJSON(command: String) throws {
    let run = try Assay.run([command] + photos.sources + ["-o", folder.path("out"), "--format", "json"])
    #expect(run.output.contains("\"command\": \"\(command)\"") && run.output.contains("\"accepted\": 40"))
    #expect(run.output.contains("\"entries\": 43"))
  }

  @Test func aComparisonAccountsForBothSides() throws {
    let run = try Assay.run(["compare", photos.sources[0], photos.sources[0]])
    #expect(run.output.components(separatedBy: Self.records).count == 3, "\(run.output)")
    #expect(run.output.components(separatedBy: Self.entries).count == 3)
  }

  @Test func aMergeIsASum() throws {
    var names: [String] = []
    for seed in 1...2 {
      var recipe = PhotoFolder.Recipe()
      (recipe.seed, recipe.count) = (UInt64(seed), 10 * seed)
      names.append(folder.path("\(seed).json"))
      let photos = try PhotoFolder(recipe)
      _ = try Assay.run(["profile"] + photos.sources + ["-o", names[seed - 1]])
    }
    let run = try Assay.run(["merge"] + names + ["-o", folder.path("all.json")])
    #expect(run.errors == "\(folder.path("all.json")): 30 records = 10 (\(names[0])) + 20 (\(names[1]))\n")
  }
}

/// A set without records is somebody's mistake until somebody says that it is none.
struct EmptySetTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".", to: "set/.DS_Store")
  }

  @Test(arguments: ["profile", "infer"])
  func nothingIsWrittenOfNothing(command: String) throws {
    let run = try Assay.run([command, folder.path("set"), "-o", folder.path("out"), "--quiet"])
    #expect(run.status == 3 && run.errors.contains("holds no records"))
    #expect(try folder.names == ["set"])
  }

  @Test(arguments: ["profile", "infer"])
  func unlessItIsWanted(command: String) throws {
    let run = try Assay.run([command, folder.path("set"), "-o", folder.path("out"), "--allow-empty"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.names == ["out", "set"])
  }

  @Test func aComparisonWithNothingFailsUnlessItIsAllowed() throws {
    let arguments = ["compare", folder.path("set"), folder.path("set")]
    #expect(try Assay.run(arguments).status == 1)
    #expect(try Assay.run(arguments + ["--allow-empty"]).status == 0)
  }
}
