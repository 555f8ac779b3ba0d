import AssayCore
import Testing

struct OverlapEstimateTests {
  /// Garwood's table.
  @Test(arguments: [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (100, 81.36, 121.63)])
  func theIntervalIsThatOfAPoissonCount(seen: Int, low: Double, high: Double) {
    let interval = OverlapEstimate(seen: seen, level: 10).interval
    #expect(abs(Double(interval.lowerBound) - low * 1024) <= 0.01 * low * 1024 + 1)
    #expect(abs(Double(interval.upperBound) - high * 1024) <= 0.01 * high * 1024)
  }

  @Test func whatWasSeenIsThereForCertain() {
    #expect(OverlapEstimate(seen: 3, level: 0).interval.lowerBound == 3)
  }

  private static func record(_ number: Int, key: String? = nil) -> Observation {
    let digest =
      withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) } + [UInt8](repeating: 0, count: 24)
    return Observation(
      key: RecordKey(key ?? "\(number)"), locator: Locator(source: "set"), contentDigest: digest,
      recordDigest: digest)
  }

  private func profile(_ contents: Range<Int>) -> Profile {
    var profile = Profile()
    for number in contents { profile.observe(Self.record(number)) }
    return profile
  }

  @Test func smallProfilesCountRecordsExactly() {
    var current = profile(900..<1100)
    current.observe(Self.record(950, key: "again"))
    let finding = OverlapFinding(current: current, reference: profile(0..<1000))
    #expect(finding.count == 101 && finding.whole == 201)
  }

  /// A window keeps no contents: that none is seen must not pass for none being shared.
  @Test func aWindowOfAProfileCountsNothing() throws {
    var whole = Profile(Profile.Configuration(partition: .windows(seconds: 3600)))
    for number in 0..<10 {
      var record = Self.record(number)
      record.time = Int64(number) * 3600
      whole.observe(record)
    }
    let window = try #require(whole.windows.first?.profile)
    let finding = OverlapFinding(current: window, reference: profile(0..<10))
    #expect(finding.count == nil)
    guard case .unknown = finding.answer else {
      Issue.record("\(finding.answer)")
      return
    }
  }

  @Test func largeProfilesEstimateAndSaySo() throws {
    let finding = OverlapFinding(current: profile(35_000..<45_000), reference: profile(0..<40_000))
    guard case .estimated(let estimate) = finding.answer else {
      Issue.record("\(finding.answer)")
      return
    }
    #expect(estimate.level > 0 && estimate.interval.contains(5000))
    #expect(finding.text.contains("estimate"))
  }
}
