import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

@Suite("A reference with groups of its own")
struct WindowTests {
  /// A set of cameras that differ from each other more than their records do. Each has an hour of its own, which the fields
  /// `times` have as well.
  static func cameras(
    _ names: Range<Int>, _ random: inout SplitMix64, records: Int = 60, partition: Partition,
    shift: Double = 0, times: [String] = []
  ) -> Profile {
    var profile = Profile(Profile.Configuration(partition: partition))
    for name in names { observe(camera: name, records, shift, times, &random, &profile) }
    return profile
  }

  private static func observe(
    camera: Int, _ records: Int, _ shift: Double, _ times: [String], _ random: inout SplitMix64,
    _ profile: inout Profile
  ) {
    let level = Double.random(in: 0..<10, using: &random) + shift
    let share = Double.random(in: 0..<1, using: &random)
    for record in 0..<records {
      let label = Double.random(in: 0..<1, using: &random) < share ? "cat" : "dog"
      profile.observe(
        Observation(
          key: RecordKey("\(camera)/\(record)"), locator: Locator(source: "set"),
          fields: [
            FieldObservation(name: "label", value: .text(label)),
            FieldObservation(name: "x", value: .real(level + Double.random(in: 0..<2, using: &random))),
          ]
            + times.map {
              FieldObservation(
                name: $0, value: .text(Timestamp(seconds: Int64(camera * 3600 + record)).description))
            },
          recordDigest: (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) },
          group: "camera-\(camera)", time: Int64(camera) * 3600))
    }
  }

  static let groups = Partition.groups(by: "camera")

  /// How often one more camera is said to differ.
  static func warnings(_ trials: Int, _ partition: Partition) throws -> Int {
    try (0..<trials).count { trial in
      var random = SplitMix64(seed: UInt64(100 + trial))
      let reference = cameras(0..<30, &random, partition: partition)
      let current = cameras(90..<91, &random, partition: .none)
      return try ComparedSets.scores(reference, current).contains {
        $0.status == .warn || $0.status == .alarm
      }
    }
  }

  @Test func oneMoreGroupIsSeldomSaidToDiffer() throws {
    // At 1 in 31 on average, more than 8 of 60 have a chance of 1 in 5,000.
    let count = try Self.warnings(60, Self.groups)
    #expect(count <= 8, "seeds 100...159: \(count) of 60")
  }

  @Test func withoutGroupsTheSameSetsAreSaidToDiffer() throws {
    #expect(try Self.warnings(20, .none) >= 18)
  }

  @Test(arguments: [groups, .windows(seconds: 3600)])
  func aSetBeyondAllGroupsAlarms(partition: Partition) throws {
    var random = SplitMix64(seed: 7)
    let reference = Self.cameras(0..<30, &random, partition: partition)
    let current = Self.cameras(90..<92, &random, partition: .none, shift: 40)
    let scores = try ComparedSets.scores(reference, current)
    #expect(scores.alarms == ["field.x values"])
    let chance = try #require(scores.of("field.x", .values).first?.chance)
    #expect(chance.method == .conformal && chance.draws == 30 && chance.p == 1.0 / 31)
  }

  @Test func severalMoreGroupsAreRankedAmongDeals() throws {
    // At 1 in 20, more than 8 of 60 have a chance of 1 in 400.
    let flagged = try (0..<60).count { trial in
      var random = SplitMix64(seed: UInt64(300 + trial))
      let reference = Self.cameras(0..<20, &random, partition: Self.groups)
      let current = Self.cameras(90..<94, &random, records: 20, partition: Self.groups)
      return try ComparedSets.scores(reference, current).contains {
        $0.status == .warn || $0.status == .alarm
      }
    }
    #expect(flagged <= 8, "seeds 300...359: \(flagged) of 60")
  }

  @Test func dealsSeeWhatNoSingleGroupShows() throws {
    // Every group of the current set lies in the upper half of where groups lie: usual for one, odd for eight.
    var random = SplitMix64(seed: 8)
    func set(_ groups: Int, _ level: (Int) -> Double, _ partition: Partition) -> Profile {
      var profile = Profile(Profile.Configuration(partition: partition))
      for group in 0..<groups {
        for record in 0..<60 {
          profile.observe(
            Observation(
              key: RecordKey("\(groups)/\(group)/\(record)"), locator: Locator(source: "set"),
              fields: [
                FieldObservation(
                  name: "x", value: .real(level(group) + Double.random(in: 0..<1, using: &random)))
              ], group: "\(groups)-\(group)"))
        }
      }
      return profile
    }
    let reference = set(40, { Double($0) / 4 }, Self.groups)
    let grouped = set(8, { 5.5 + Double($0) / 2 }, Self.groups)
    let loose = set(8, { 5.5 + Double($0) / 2 }, .none)
    #expect(try ComparedSets.scores(reference, grouped).alarms == ["field.x values"])
    #expect(try ComparedSets.scores(reference, loose).alarms == [])
  }

  @Test func aSmallSetIsNotSaidToDifferForBeingSmall() throws {
    // Groups that do not differ: a set of 40 among groups of 2,000 must not look odd.
    let flagged = try (0..<20).count { trial in
      var random = SplitMix64(seed: UInt64(900 + trial))
      func set(_ groups: Int, _ count: Int) -> Profile {
        ComparedSets.grouped(groups, records: count) { _, _ in
          ["x": .real(Double.random(in: 0..<1, using: &random))]
        }
      }
      return try ComparedSets.scores(set(25, 500), set(1, 40)).contains {
        $0.status == .warn || $0.status == .alarm
      }
    }
    #expect(flagged <= 5, "seeds 900...919: \(flagged) of 20, 1 expected")
  }

  /// What is said of `x` where groups lie as far apart as `spread` says and the current set is `shift` away.
  static func status(
    _ groups: (reference: Int, current: Int), spread: Double, shift: Double = 0, seed: UInt64 = 41
  ) throws
    -> [DriftStatus]
  {
    var random = SplitMix64(seed: seed)
    func set(_ count: Int, _ shift: Double) -> Profile {
      let levels = (0..<count).map { _ in shift + spread * Double.random(in: -1..<1, using: &random) }
      return ComparedSets.grouped(count, records: 60) { group, _ in
        ["x": .real(levels[group] + Double.random(in: 0..<1, using: &random))]
      }
    }
    return try ComparedSets.scores(set(groups.reference, 0), set(groups.current, shift)).of(
      "field.x", .values
    )
    .map(\.status)
  }

  @Test(arguments: [1, 2])
  func fewGroupsThatCouldHideADriftDoNotPass(current: Int) throws {
    #expect(try Self.status((19, current), spread: 1, shift: 0.2) == [.insufficient])
  }

  @Test func manyGroupsPass() throws {
    // One set in twenty warns by chance, as that of seed 41 does.
    let passed = try (UInt64(41)...46).count { try Self.status((40, 20), spread: 0.1, seed: $0) == [.pass] }
    #expect(passed >= 5, "seeds 41...46: \(passed) of 6")
  }

  @Test func tooFewGroupsAreNotRankedAmong() throws {
    var random = SplitMix64(seed: 7)
    let reference = Self.cameras(0..<18, &random, partition: Self.groups)
    let current = Self.cameras(90..<92, &random, partition: .none, shift: 40)
    let scores = try ComparedSets.scores(reference, current)
    #expect(scores.allSatisfy { $0.chance?.method != .conformal })
    let windows = try #require(ReferenceWindows(reference, Profile(), alpha: 0.05))
    #expect(
      windows.sentence == "the reference has 18 groups by camera; 19 are needed to rank this set among them")
  }

  @Test func aSmallRateNeedsMoreGroups() throws {
    var random = SplitMix64(seed: 7)
    let reference = Self.cameras(0..<30, &random, partition: Self.groups)
    let windows = try #require(ReferenceWindows(reference, Profile(), alpha: 0.01))
    #expect(windows.neededCount == 99 && !windows.suffice)
    let rare = try #require(ReferenceWindows(reference, Profile(), alpha: 0.001))
    #expect(rare.sentence.hasSuffix("a profile keeps 128, so the rate is out of reach"))
  }

  @Test func smallGroupsAreCountedAndNotRankedAmong() throws {
    let reference = ComparedSets.grouped(40, records: 20) { group, _ in ["x": .integer(Int64(group))] }
    let windows = try #require(ReferenceWindows(reference, Profile(), alpha: 0.05))
    #expect(windows.populations.isEmpty && windows.sentence.contains("40 more with fewer than 30 records"))
  }

  @Test func theOrderOfRecordsLeavesTheScores() throws {
    var random = SplitMix64(seed: 3)
    var (forward, backward) = (SplitMix64(seed: 4), SplitMix64(seed: 4))
    let current = Self.cameras(90..<91, &random, partition: .none)
    let whole = Self.cameras(0..<30, &forward, partition: Self.groups)
    var merged = Profile(Profile.Configuration(partition: Self.groups))
    let parts = (0..<30).map { Self.cameras($0..<$0 + 1, &backward, partition: Self.groups) }
    for part in parts.reversed() { try merged.merge(part) }
    #expect(
      try ComparedSets.scores(whole, current) == ComparedSets.scores(merged, current))
  }
}

@Suite("Counts of parts")
struct PartedCountsTests {
  @Test func partsAddUpToTheReference() throws {
    for seed in UInt64(1)...6 {
      var reference = Profile(Profile.Configuration(partition: .groups(by: "g")))
      var current = Profile()
      var forge = ObservationForge(seed: seed)
      for var observation in forge.observations(300) {
        observation.group = "\(observation.key.bytes.reduce(0) { $0 &+ Int($1) } % 5)"
        reference.observe(observation)
      }
      for observation in forge.observations(90) { current.observe(observation) }
      let parts = reference.parts.byGroup.map(\.population)
      var compared = 0
      for feature in ComparedFeature.all(reference, current) {
        guard let counts = feature.counts(of: parts, bins: 64) else { continue }
        let sum = counts.parts.reduce([Int64](repeating: 0, count: counts.whole.reference.count)) {
          zip($0, $1).map(+)
        }
        compared += 1
        #expect(sum == counts.whole.reference, "seed \(seed): \(feature.name) \(feature.aspect)")
      }
      #expect(compared > 10, "seed \(seed)")
    }
  }
}
