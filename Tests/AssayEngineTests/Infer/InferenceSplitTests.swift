import AssayCore
import AssayTestSupport
import Foundation
import Testing

@testable import AssayEngine

/// Real bytes, decoded once: a schema of one half is held against the other.
///
/// `ASSAY_SPLIT_SOURCES` (paths, separated by colons) takes a set of one's own, `ASSAY_SPLITS` another number of splits.
struct InferenceSplitTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let splitCount = environment["ASSAY_SPLITS"].flatMap { Int($0) } ?? 20

  private static let colorSet = Result { try observedSet(gray: false) }
  private static let graySet = Result { try observedSet(gray: true) }

  private static func observedSet(gray: Bool) throws -> ObservedSet {
    if let sources = environment["ASSAY_SPLIT_SOURCES"] {
      return try ObservedSet(sources: sources.split(separator: ":").map(String.init))
    }
    var recipe = PhotoFolder.Recipe()
    (recipe.count, recipe.seed, recipe.isGray) = (400, 11, gray)
    let folder = try PhotoFolder(recipe)
    return try withExtendedLifetime(folder) { try ObservedSet(sources: folder.sources) }
  }

  @Test func oneHalfsSchemaPassesTheOther() throws {
    let set = try InferenceSplitTests.colorSet.get()
    var generator = SplitMix64(seed: 7)
    var failures: [[String]] = []
    for _ in 0..<InferenceSplitTests.splitCount {
      let (one, other) = set.halves(&generator)
      let failed = try other.failures(one.inferredSchema())
      if !failed.isEmpty { failures.append(failed) }
    }
    #expect(failures.count * 20 <= InferenceSplitTests.splitCount, "seed 7: \(failures)")
  }

  /// Each thing that must fail, with the rule that must say so.
  private static let faults: [(rule: String, fault: ObservedSet.Fault)] = [
    ("images.image.width", { $1.set(.width, .integer(1_024)) }),
    ("images.image.color", { $1.set(.grayExact, .boolean(false)) }),
    ("fields.label.values", { if $0.isMultiple(of: 20) { $1.set("label", .text("tunnel")) } }),
    ("fields.score.required", { $1.fields.removeAll { $0.name == "score" } }),
    ("records.corrupt", { if $0.isMultiple(of: 20) { $1.images[0].outcome = .damaged } }),
    ("fields.user.privacy", { if $0 == 3 { $1.set("user", .text("bob@example.org")) } }),
    ("fields.age.type", { $1.set("age", .text("forty")) }),
  ]

  @Test(arguments: faults.indices)
  func noHalfsSchemaPassesTheOtherChanged(fault index: Int) throws {
    let (rule, fault) = InferenceSplitTests.faults[index]
    let set = try InferenceSplitTests.graySet.get()
    var generator = SplitMix64(seed: 8)
    for split in 0..<InferenceSplitTests.splitCount {
      let (one, other) = set.halves(&generator)
      let failed = try other.changing(fault).failures(one.inferredSchema())
      #expect(failed.contains(rule), "seed 8, split \(split)")
    }
  }
}
