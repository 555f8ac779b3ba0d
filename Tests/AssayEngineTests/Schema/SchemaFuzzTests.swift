import AssayCore
import AssayEngine
import AssayTestSupport
import Foundation
import Testing

struct SchemaFuzzTests {
  @Test(arguments: 0..<8)
  func damagedSchemasAreErrorsWithPlacesAndNeverCrash(seed: UInt64) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Schemas/street-signs.yaml").standardized
    let whole = try Array(Data(contentsOf: path))
    let signs = Array("{}[]:,-?&*!|>'\"%@`#~ \n\t0aé\u{0}".utf8)
    var generator = SplitMix64(seed: seed)
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[index] = signs.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(signs.randomElement(using: &generator) ?? 0, at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + 40))
        }
      }
      do throws(SchemaError) {
        _ = try SchemaFile(path: "f.yaml") { _ in bytes }
      } catch {
        #expect(error.issues.allSatisfy { $0.position.file == "f.yaml" && $0.position.line >= 1 }, "\(error)")
      }
    }
  }
}
