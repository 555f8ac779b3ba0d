import AssayCore
import Foundation
import Testing

struct FeatureTableTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Schemas/features.json").standardized

  @Test func thePublishedTableIsThatOfTheCode() throws {
    let published = try String(contentsOf: FeatureTableTests.file, encoding: .utf8)
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] != nil {
      try BuiltinFeature.table().write(to: FeatureTableTests.file, atomically: true, encoding: .utf8)
      Issue.record("recorded anew")
    }
    #expect(published == BuiltinFeature.table())
  }

  @Test func theTableIsJSONWithEveryFeature() throws {
    let object = try JSONSerialization.jsonObject(with: Data(BuiltinFeature.table().utf8)) as? [String: Any]
    let names = (object?["features"] as? [[String: String]])?.compactMap { $0["name"] }
    #expect(names == BuiltinFeature.definitions.map(\.name))
  }
}
