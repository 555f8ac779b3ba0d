import AssayTestSupport
import Foundation
import Testing

struct InferCommandTests {
  private let photos: PhotoFolder
  private let folder: TemporaryFolder

  init() throws {
    photos = try PhotoFolder()
    folder = try TemporaryFolder()
  }

  /// Infers into `schema.yaml`.
  private func infer(_ arguments: [String]) throws -> Assay.Run {
    try Assay.run(["infer"] + arguments + ["-o", folder.file("schema.yaml")])
  }

  @Test func theSetPassesItsInferredSchema() throws {
    #expect(try infer(photos.sources).status == 0)
    let validation = try Assay.run(["validate"] + photos.sources + ["--schema", folder.file("schema.yaml")])
    #expect(validation.status == 0, "\(validation.output)\(validation.errors)")
  }

  @Test func aProfileGivesTheSchemaOfItsSource() throws {
    _ = try infer(photos.sources)
    let direct = try folder.text("schema.yaml")
    _ = try Assay.run(["profile"] + photos.sources + ["-o", folder.file("set.json")])
    #expect(try infer([folder.file("set.json")]).status == 0)
    #expect(try folder.text("schema.yaml") == direct)
  }

  @Test func theLinesToReviewGoToStandardErrorWithTheirPlace() throws {
    let run = try infer(photos.sources)
    let lines = try folder.text("schema.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    let reviewed = run.errors.split(separator: "\n").filter { $0.contains(": review: ") }.compactMap {
      $0.split(separator: ":").dropFirst().first
    }
    #expect(run.output.isEmpty && !reviewed.isEmpty)
    for number in reviewed { #expect(lines[try #require(Int(number)) - 1].contains("# review: ")) }
  }

  @Test func theDatasetIsNamed() throws {
    _ = try infer(photos.sources + ["--dataset", "street-signs"])
    #expect(try folder.text("schema.yaml").contains("dataset: street-signs\n"))
  }

  @Test func aSourceThatDoesNotExistLeavesNoSchema() throws {
    #expect(try infer([folder.file("nothing")]).status == 3)
    #expect(try folder.names == [])
  }
}
