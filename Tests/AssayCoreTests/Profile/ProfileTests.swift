import AssayCore
import AssayTestSupport
import Testing

struct ProfileTests {
  private func profile(
    _ observations: [Observation], _ configuration: Profile.Configuration = Profile.Configuration()
  ) -> Profile {
    var profile = Profile(configuration)
    for observation in observations { profile.observe(observation) }
    return profile
  }

  private func record(_ key: String, _ fields: [FieldObservation] = [], content: UInt8 = 0) -> Observation {
    Observation(
      key: RecordKey(key), locator: Locator(source: "t"), fields: fields,
      contentDigest: [UInt8](repeating: content, count: 32),
      recordDigest: Array(
        repeating: UInt8(truncatingIfNeeded: key.utf8.reduce(7) { $0 &* 31 &+ Int($1) }), count: 32))
  }

  private func forged(_ count: Int, seed: UInt64) -> [Observation] {
    var forge = ObservationForge(seed: seed)
    return forge.observations(count)
  }

  @Test(arguments: [
    Profile.Configuration(hashKey: HashKey(bytes: Array(0..<16))),
    Profile.Configuration(decoderSignature: "other"),
    Profile.Configuration(partition: .groups(by: "g")),
    Profile.Configuration(partition: .windows(seconds: 60)),
  ]) func mergeRefusesAnotherConfiguration(configuration: Profile.Configuration) {
    var left = profile([record("a")])
    #expect(throws: ProfileMergeError.self) { try left.merge(profile([record("b")], configuration)) }
  }

  @Test func mergeErrorNamesBothValues() {
    var left = profile([], Profile.Configuration(decoderSignature: "one"))
    let right = profile([], Profile.Configuration(decoderSignature: "two"))
    #expect(throws: ProfileMergeError.decoderSignature("one", other: "two")) { try left.merge(right) }
  }

  @Test func mergeRefusesOtherFeatures() throws {
    let text = String(decoding: profile([]).encoded(), as: UTF8.self)
    let renamed = text.replacing("\"width\":\"integer\"", with: "\"columns\":\"integer\"")
    var left = profile([])
    let right = try Profile(decoding: Array(renamed.utf8))
    #expect(
      throws: ProfileMergeError.features(
        difference: "feature 3 is width (integer) here and columns (integer) there")
    ) { try left.merge(right) }
  }

  @Test func mergeRefusesTheSameRecords() {
    var left = profile([record("a"), record("b")])
    #expect(throws: ProfileMergeError.equalFingerprints(left.fingerprint.text)) {
      try left.merge(profile([record("b"), record("a")]))
    }
  }

  @Test func mergeRefusesASharedRecord() {
    var left = profile([record("a"), record("b")])
    #expect(throws: ProfileMergeError.sharedRecords(count: 1)) {
      try left.merge(profile([record("b"), record("c")]))
    }
  }

  @Test func mergeOfASharedRecordPassesWhenAllowed() throws {
    var left = profile([record("a")])
    try left.merge(profile([record("a")]), allowingOverlap: true)
    #expect(left.recordCount == 2)
  }

  @Test func aRefusedMergeChangesNothing() {
    var left = profile([record("a")])
    let before = left.encoded()
    try? left.merge(profile([record("a")]))
    #expect(left.encoded() == before)
  }

  @Test func equalKeysWithOtherContentMerge() throws {
    var left = profile([record("a", content: 1)])
    #expect(throws: Never.self) { try left.merge(profile([record("a", content: 2), record("b")])) }
  }

  @Test func fingerprintCountsEveryCopy() {
    let once = profile([record("a")]).fingerprint
    #expect(profile([record("a"), record("a")]).fingerprint != once)
    #expect(profile([record("a"), record("a")]).fingerprint != Fingerprint())
  }

  @Test func fingerprintIsASumModulo2To256() throws {
    var sum = Fingerprint()
    sum.add([UInt8](repeating: 255, count: 32))
    sum.add([UInt8](repeating: 0, count: 31) + [3])
    #expect(sum.text == String(repeating: "0", count: 63) + "2")
  }

  @Test func privateFieldsLeaveOnlyCounts() {
    let facts = PrivateFacts(isPresent: true, maskKind: "sha256", lengthClass: 7)
    let field = FieldObservation(name: "user", value: .text("somebody"), privacy: facts)
    let text = String(decoding: profile([record("a", [field])]).encoded(), as: UTF8.self)
    #expect(!text.contains("somebody"))
    #expect(text.contains("\"user\":{\"private\":{\"present\":1,\"masks\":{\"sha256\":1}"))
  }

  @Test func pixelFeaturesOfImagesThatAreNotOKAreNotCounted() {
    var features = BuiltinFeature.noValues
    features[BuiltinFeature.brightness.rawValue] = .real(0.5)
    features[BuiltinFeature.width.rawValue] = .integer(10)
    let images = [DecodeOutcome.ok, .damaged].map {
      ImageObservation(name: "image", outcome: $0, features: features)
    }
    let found = profile(
      images.map { image in
        var observation = record("a")
        observation.images = [image]
        return observation
      }
    ).whole
    #expect(found.column(.brightness)?.presentCount == 1)
    #expect(found.column(.width)?.presentCount == 2)
    #expect(found.count(.damaged) == 1 && found.corruptCount() == 1)
  }

  @Test func fieldsOfBrokenImagesAreCounted() {
    var observation = record("a", [FieldObservation(name: "label", value: .text("stop"))])
    observation.images = [ImageObservation(name: "image", outcome: .undecodable)]
    #expect(profile([observation]).whole.fields["label"]?.presentCount == 1)
  }

  @Test func frequentTextsAreFoundPastTheNames() throws {
    let observations = (0..<9000).map { index in
      record(
        "\(index)", [FieldObservation(name: "id", value: .text(index % 4 == 0 ? "often" : "rare \(index)"))])
    }
    let found = try #require(profile(observations).frequentTexts(field: "id", limit: 1).first)
    #expect(found.name == "often")
    // Count-Min's guarantee: 2.72 / 4096 of 9,000 above the truth.
    #expect(2250...2256 ~= found.count)
  }

  @Test func duplicatesAreCountedByContent() {
    #expect(
      profile([record("a", content: 1), record("b", content: 1), record("c", content: 2)]).duplicateEstimate
        == 1)
  }

  @Test func overlapIsCountedByContent() {
    let left = profile([record("a", content: 1), record("b", content: 2)])
    #expect(left.contentOverlapEstimate(with: profile([record("x", content: 2)])) == 1)
  }

  @Test func sampleIsTheDistinctRecordsOfSmallestKeyHash() {
    let observations = (0..<3000).map { record("\($0)") }
    let found = profile(observations + observations.prefix(100)).sample.rows.map(\.keyHash)
    let hasher = SipHash()
    #expect(found == Array(observations.map { hasher.hash($0.key.bytes) }.sorted().prefix(2048)))
  }

  @Test func anotherHashKeyIsRefusedByItsId() {
    let bytes = profile([]).encoded()
    let key = HashKey(bytes: Array(1...16))
    let error = #expect(throws: JSONError.self) { try Profile(decoding: bytes, hashKey: key) }
    let start = "expected the hash key \(key.id), found \(HashKey.published.id); "
    #expect(error?.message.hasPrefix(start) == true)
  }

  @Test func anotherVersionIsRefusedAtItsByte() {
    let text = String(decoding: profile([]).encoded(), as: UTF8.self)
    let later = text.replacing("\"assay_profile\":1", with: "\"assay_profile\":3")
    let error = #expect(throws: JSONError.self) { try Profile(decoding: Array(later.utf8)) }
    #expect(error?.message == "version 3, expected 1")
    #expect(error?.byteOffset == 17)
  }

  @Test func everyTruncationIsRefused() {
    let bytes = profile(forged(3, seed: 51)).encoded()
    for count in stride(from: 0, to: bytes.count - 1, by: 997) {
      #expect(throws: JSONError.self) { try Profile(decoding: Array(bytes.prefix(count))) }
    }
  }

  @Test func mutationsAreRefusedOrReadBackAsThemselves() {
    var random = SplitMix64(seed: 52)
    let bytes = profile(forged(3, seed: 53), Profile.Configuration(partition: .windows(seconds: 60)))
      .encoded()
    var refused = 0
    for _ in 0..<150 {
      var mutated = bytes
      mutated[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
      guard let read = try? Profile(decoding: mutated) else {
        refused += 1
        continue
      }
      let again = try? Profile(decoding: read.encoded())
      #expect(again?.encoded() == read.encoded())
    }
    #expect(refused > 15)
  }

  @Test func vectorsAreKeptAsSmallIntegers() {
    let field = FieldObservation(name: "embedding", value: .vector((0..<512).map { Double($0) }))
    let kept = profile([record("a", [field])]).sample.values(field: "embedding").first ?? nil
    guard case .vector(let vector)? = kept else { return #expect(Bool(false), "no vector") }
    #expect(vector.count == 32 && vector.allSatisfy { Int16(exactly: $0) != nil })
  }

  /// A fixed random projection to 32 dimensions keeps the cosine within about 3 / sqrt(32).
  @Test func projectionKeepsAngles() {
    var random = SplitMix64(seed: 54)
    let left = (0..<512).map { _ in Double.random(in: -1...1, using: &random) }
    let right = left.map { $0 + Double.random(in: -0.5...0.5, using: &random) }
    func cosine(_ a: [Double], _ b: [Double]) -> Double {
      func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
      return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
    let projected = [left, right].map { SignProjection.project($0).map(Double.init) }
    #expect(abs(cosine(projected[0], projected[1]) - cosine(left, right)) < 3 / 32.0.squareRoot())
  }
}
