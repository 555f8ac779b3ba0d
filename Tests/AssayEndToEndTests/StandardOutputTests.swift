import AssayTestSupport
import Testing

/// `-` as the name of an output.
struct StandardOutputTests {
  private let folder: TemporaryFolder
  private let photo: String

  init() throws {
    folder = try TemporaryFolder()
    photo = try folder.write(SmallSet.image(1, seed: 1), to: "photo.jpg")
  }

  @Test func rowsGoToStandardOutputAndTheReportToStandardError() throws {
    let run = try Assay.run(["validate", photo, "--records", "-"], in: folder.url)
    #expect(run.output.hasPrefix("{") && run.output.split(separator: "\n").count == 1)
    #expect(run.errors.contains("PASS"))
    #expect(try folder.names == ["photo.jpg"])
  }

  @Test func aProfileGoesToStandardOutput() throws {
    let run = try Assay.run(["profile", photo, "-o", "-"], in: folder.url)
    #expect(run.status == 0 && run.output.hasPrefix("{"), "\(run.errors)")
    #expect(try folder.names == ["photo.jpg"])
  }

  @Test func onlyOneOutputCanBeStandardOutput() throws {
    let run = try Assay.run(["validate", photo, "--records", "-", "--rejects", "-"], in: folder.url)
    #expect(run.status == 2 && run.errors.contains("-: two outputs cannot be one file"))
  }
}
