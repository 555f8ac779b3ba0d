import AssayTestSupport
import Foundation
import Testing

/// Twelve things that go wrong between training and production, and what the report says was likely.
@Suite("Planted incidents")
struct IncidentTests {
  private struct Incident {
    var name: String
    var cause: String
    var change: (inout CameraFleet.Recipe) -> Void
  }

  private static var incidents: [Incident] {
    [
      Incident(name: "the encoder's quality fell to 60", cause: "upstream") { $0.quality = 60 },
      Incident(name: "images are twice as large", cause: "upstream") { $0.side = 64 },
      Incident(name: "red and blue are exchanged", cause: "upstream") {
        $0.change = { pixels, _, _ in pixels.indices.map { pixels[$0 / 3 * 3 + 2 - $0 % 3] } }
      },
      Incident(name: "the label column is gone", cause: "upstream") { $0.hasLabel = false },
      Incident(name: "metadata is stripped", cause: "upstream") { $0.hasEXIF = false },
      Incident(name: "the lamp is dying", cause: "capture") {
        $0.change = { pixels, _, _ in pixels.map { UInt8(Int($0) * 7 / 10) } }
      },
      Incident(name: "the lens is out of focus", cause: "capture") {
        $0.change = { pixels, side, _ in blurred(pixels, side) }
      },
      Incident(name: "the sensor's gain is up", cause: "capture") {
        $0.change = { pixels, _, random in
          pixels.map { UInt8(max(0, min(255, Int($0) + Int.random(in: -24...24, using: &random)))) }
        }
      },
      Incident(name: "camera c is another model", cause: "capture") { $0.modelOfC = "C-2" },
      Incident(name: "dents are three times as common", cause: "content") { $0.labels = [0.1, 0.8, 0.1] },
      Incident(name: "camera c takes more than half", cause: "mix") { $0.cameras = [0.2, 0.2, 0.6] },
      Incident(name: "a camera is frozen", cause: "sampling") { $0.repeated = 0.3 },
    ]
  }

  /// The mean of nine neighbours, twice.
  private static func blurred(_ pixels: [UInt8], _ side: Int) -> [UInt8] {
    (0..<2).reduce(pixels) { image, _ in
      image.indices.map { index in
        let (y, x, channel) = (index / 3 / side, index / 3 % side, index % 3)
        var (sum, count) = (0, 0)
        for row in max(0, y - 1)...min(side - 1, y + 1) {
          for column in max(0, x - 1)...min(side - 1, x + 1) {
            sum += Int(image[(row * side + column) * 3 + channel])
            count += 1
          }
        }
        return UInt8(sum / count)
      }
    }
  }

  private static let goldenPath = {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folder.joined(separator: "/") + "/Golden/incidents.txt"
  }()

  @Test func theLikelyCauseIsRight() throws {
    let folder = try TemporaryFolder()
    let profile = folder.path("train.json")
    let schema = try folder.write("assay: 1\ndrift: {strata: [camera]}\n", to: "schema.yaml")
    let training = try CameraFleet()
    _ = try Assay.run(["profile"] + training.sources + ["-o", profile])
    var page = ""
    var right = 0
    for incident in Self.incidents {
      var recipe = CameraFleet.Recipe()
      (recipe.count, recipe.seed) = (120, 2)
      incident.change(&recipe)
      let fleet = try CameraFleet(recipe)
      let run = try Assay.run(
        ["compare", profile] + fleet.sources + ["--schema", schema, "--format", "json"])
      let likely = try Likely(run.output)
      if likely.cause == "drift.\(incident.cause)" { right += 1 }
      page += "\(incident.name)\n  \(likely.cause)\n\(likely.facts.map { "  - \($0)\n" }.joined())"
    }
    #expect(right >= 10, "\(page)")
    #expect(Golden.mismatch(Array(page.utf8), path: Self.goldenPath) == nil, "\(page)")
  }

  /// The member `likely` of a report.
  private struct Likely: Decodable {
    var cause: String
    var facts: [String]

    private struct Report: Decodable { var likely: Likely? }

    init(_ json: String) throws {
      let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
      self = try #require(report.likely)
    }
  }
}
