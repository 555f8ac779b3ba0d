import AssayCore
import AssayTestSupport
import Testing

/// The whole profile is a function of the multiset of observations, byte for byte.
struct ProfileLawTests {
  private func laws(_ partition: Partition) -> MergeLaws<Profile, Observation> {
    MergeLaws(
      make: { Profile(Profile.Configuration(decoderSignature: "d1", partition: partition)) },
      observe: { $0.observe($1) },
      merge: { left, right in
        do { try left.merge(right, allowingOverlap: true) } catch { Issue.record("refused: \(error)") }
      },
      encode: { $0.encoded() }, decode: { try? Profile(decoding: $0) })
  }

  @Test(arguments: [.none, .groups(by: "camera"), .windows(seconds: 3600)] as [Partition], [0, 1, 60])
  func fewRecords(partition: Partition, count: Int) {
    var forge = ObservationForge(seed: UInt64(count))
    #expect(laws(partition).violations(items: forge.observations(count), seed: 21, rounds: 3) == [])
  }

  @Test func recordsBeyondTheSample() {
    var forge = ObservationForge(seed: 22)
    forge.hasImages = false
    #expect(laws(.none).violations(items: forge.observations(4000), seed: 22, rounds: 3) == [])
  }

  @Test func groupsAndSlicesBeyondTheirLimits() {
    var forge = ObservationForge(seed: 23)
    forge.hasImages = false
    forge.groupCount = 400
    forge.sliceCount = 100
    #expect(
      laws(.groups(by: "camera")).violations(items: forge.observations(1200), seed: 23, rounds: 4) == [])
  }

  @Test(arguments: [86_400 * 30, 1 << 45] as [Int64]) func windowsBeyondTheirLimit(span: Int64) {
    var forge = ObservationForge(seed: 24)
    forge.hasImages = false
    forge.timeSpan = span
    #expect(
      laws(.windows(seconds: 60)).violations(items: forge.observations(1000), seed: 24, rounds: 4) == [])
  }

  @Test func fieldsBeyondTheirLimit() {
    var random = SplitMix64(seed: 25)
    let items = (0..<400).map { number in
      Observation(
        key: RecordKey("\(number)"), locator: Locator(source: "t"),
        fields: (0..<3).map { _ in FieldObservation(name: "f\(random.next() % 900)", value: .integer(1)) },
        slices: ["s"])
    }
    #expect(laws(.none).violations(items: items, seed: 25, rounds: 2) == [])
  }
}
