import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

/// Two cameras, one of them brighter: what moves when their shares change, and what when one of them does.
@Suite("Features that moved, told apart by strata")
struct StrataTests {
  /// Trials of each kind.
  private static let trials = 20

  /// `count` records; camera b, with brightness 0.2 higher, has the share `shareOfB`, and `shift` more besides.
  private static func set(_ count: Int, shareOfB: Double, shift: Double = 0, seed: UInt64) -> Profile {
    var random = SplitMix64(seed: seed)
    return ComparedSets.records(count, seed: seed) { _ in
      let isB = Double.random(in: 0..<1, using: &random) < shareOfB
      let noise = (0..<4).map { _ in Double.random(in: -0.05...0.05, using: &random) }.reduce(0, +)
      let brightness = 0.4 + (isB ? 0.2 + shift : 0) + noise
      return ["camera": .text(isB ? "b" : "a"), "x": .real(brightness)]
    }
  }

  private static func kinds(shareOfB: Double, shift: Double, seed: UInt64) throws -> (
    kind: DriftSplit.Kind?, split: DriftSplit?
  ) {
    var plan = ComparisonPlan()
    plan.strata = ["field.camera"]
    let scores = try ComparedSets.scores(
      set(2000, shareOfB: 0.3, seed: seed), set(500, shareOfB: shareOfB, shift: shift, seed: seed + 1),
      plan: plan)
    let split = scores.of("field.x", .values).first?.splits.first
    return (split?.kind, split)
  }

  @Test func aChangeOfSharesIsMixOnly() throws {
    var counts: [DriftSplit.Kind?: Int] = [:]
    for trial in 0..<Self.trials {
      counts[try Self.kinds(shareOfB: 0.6, shift: 0, seed: UInt64(trial) * 2 + 100).kind, default: 0] += 1
    }
    // 95 % in the long run; fewer than 17 of 20 is less likely than 1 in 60, and the seeds are fixed.
    #expect(counts[.mix, default: 0] >= 17, "\(counts)")
  }

  @Test func aChangeInsideOneCameraIsWithinOnly() throws {
    var counts: [DriftSplit.Kind?: Int] = [:]
    var named = 0
    for trial in 0..<Self.trials {
      let (kind, split) = try Self.kinds(shareOfB: 0.3, shift: 0.1, seed: UInt64(trial) * 2 + 500)
      counts[kind, default: 0] += 1
      if split?.changedStrata == ["b"] { named += 1 }
    }
    #expect(counts[.within, default: 0] >= 17, "\(counts)")
    #expect(named >= 17)
  }

  @Test func bothAreTold() throws {
    let kind = try Self.kinds(shareOfB: 0.6, shift: 0.1, seed: 9).kind
    #expect(kind == .both)
  }

  @Test func thePartsAreInTheUnitOfTheFeature() throws {
    let split = try #require(try Self.kinds(shareOfB: 0.6, shift: 0, seed: 11).split)
    // 0.4 + 0.2 x 0.3 = 0.46 becomes 0.4 + 0.2 x 0.6 = 0.52.
    #expect(split.mix.movement.hasPrefix("mean 0.46") || split.mix.movement.hasPrefix("mean 0.45"))
    #expect(split.mix.movement.contains("-> 0.52") || split.mix.movement.contains("-> 0.51"))
    #expect(split.by == "field.camera")
  }

  @Test func strataThatOnlyOneSideHasLeaveNothingInside() throws {
    var plan = ComparisonPlan()
    plan.strata = ["field.camera"]
    let scores = try ComparedSets.scores(
      ComparedSets.records(200, seed: 1) { ["camera": .text("a"), "x": .integer(Int64($0 % 9))] },
      ComparedSets.records(200, seed: 2) { ["camera": .text("b"), "x": .integer(Int64($0 % 9) + 9)] },
      plan: plan)
    let split = try #require(scores.of("field.x", .values).first?.splits.first)
    #expect(split.within == nil)
    #expect(split.kind == .mix)
  }

  /// A look that leaned to the side with more records would call chance in the shares of many strata a mix.
  @Test func manyStrataWithoutAChangeOfSharesAreNoMix() throws {
    var plan = ComparisonPlan()
    plan.strata = ["field.camera"]
    var mixed = 0
    for trial: UInt64 in 0..<10 {
      func set(_ count: Int, shift: Double, seed: UInt64) -> Profile {
        var random = SplitMix64(seed: seed)
        return ComparedSets.records(count, seed: seed) { _ in
          let camera = Int.random(in: 0..<20, using: &random)
          let x = shift + (0..<4).map { _ in Double.random(in: -0.5...0.5, using: &random) }.reduce(0, +)
          return ["camera": .text("c\(camera)"), "x": .real(x)]
        }
      }
      let scores = try ComparedSets.scores(
        set(600, shift: 0, seed: 900 + trial), set(300, shift: 1, seed: 950 + trial), plan: plan)
      let split = try #require(scores.of("field.x", .values).first?.splits.first)
      #expect(split.within?.isSignificant == true)
      if split.mix.isSignificant { mixed += 1 }
    }
    #expect(mixed <= 2, "\(mixed) of 10")
  }

  @Test func strataThatNoRecordHasSplitNothingAndSaySo() throws {
    var plan = ComparisonPlan()
    plan.strata = ["field.nosuch"]
    let scores = try ComparedSets.scores(
      Self.set(200, shareOfB: 0.3, seed: 1), Self.set(200, shareOfB: 0.9, seed: 2), plan: plan)
    let score = try #require(scores.of("field.x", .values).first)
    #expect(score.splits == [])
    #expect(score.note?.contains("not told apart by field.nosuch: no record of a side has it") == true)
  }

  @Test func withoutStrataNothingIsSplit() throws {
    let scores = try ComparedSets.scores(
      Self.set(200, shareOfB: 0.3, seed: 1), Self.set(200, shareOfB: 0.9, seed: 2))
    #expect(scores.flatMap(\.splits) == [])
  }
}
