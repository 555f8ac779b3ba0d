import AssayCore
import AssayEngine
import Testing

/// What a profile of made-up columns is inferred to hold.
struct ProfileInferenceTests {
  private static func profile(_ values: [Value], name: String = "x", privacy: PrivateFacts? = nil) -> Profile
  {
    var profile = Profile()
    for (index, value) in values.enumerated() {
      profile.observe(
        Observation(
          key: RecordKey("\(index)"), locator: Locator(source: "set"),
          fields: value == .missing ? [] : [FieldObservation(name: name, value: value, privacy: privacy)]))
    }
    return profile
  }

  private static func column(_ values: [Value]) throws -> ColumnFacts {
    try #require(try ProfileInference(profile(values)).column(.field("x")))
  }

  private static let digest = String(repeating: "0123456789abcdef", count: 4)

  @Test(
    arguments: zip(
      [
        [Value.integer(1), .integer(2)], [.integer(1), .real(2.5)], [.boolean(true), .boolean(false)],
        [.text("2026-03-01T12:00:00Z")], [.text("a"), .integer(1)], [.text("007"), .integer(8)],
        [.text("12"), .text("13")],
      ], [FieldType.integer, .number, .boolean, .timestamp, .string, .string, .string]))
  func theTypeIsTheNarrowestThatEveryValueReadsAs(values: [Value], type: FieldType) throws {
    #expect(try ProfileInferenceTests.column(values).type == type)
  }

  @Test func anEmptyColumnHasNoType() throws {
    #expect(try ProfileInference(ProfileInferenceTests.profile([.missing])).column(.field("x")) == nil)
  }

  @Test func vectorsHaveNoType() throws {
    #expect(try ProfileInferenceTests.column([.vector([1, 2]), .text("a")]).type == nil)
  }

  @Test func recordsWithoutTheFieldAreMissing() throws {
    #expect(try ProfileInferenceTests.column([.integer(1), .missing, .missing]).missing == 2)
  }

  @Test func extremesAreExact() throws {
    let values = (0..<5_000).map { Value.real(Double($0) * 0.1) }
    #expect(try ProfileInferenceTests.column(values).max == 4_999 * 0.1)
  }

  @Test func realsAreNotCategories() throws {
    #expect(try ProfileInferenceTests.column([.real(0.5), .text("a")]).categories == nil)
  }

  @Test func flagsAreCategories() throws {
    #expect(try ProfileInferenceTests.column([.boolean(true), .boolean(true)]).categories == ["true": 2])
  }

  @Test func digestsAreSeenAmongTooManyToName() throws {
    let values = (0..<9_000).map { index in
      let digits = String(index)
      return Value.text(digits + ProfileInferenceTests.digest.dropFirst(digits.count))
    }
    #expect(try ProfileInferenceTests.column(values).mask == .sha256)
  }

  @Test func oneClearTextAmongDigestsIsNoMask() throws {
    let values = Array(repeating: Value.text(ProfileInferenceTests.digest), count: 50) + [.text("bob")]
    #expect(try ProfileInferenceTests.column(values).mask == nil)
  }

  @Test func anAddressIsPersonalData() throws {
    #expect(try ProfileInferenceTests.column([.text("ask bob@example.org"), .text("-")]).hasPersonalData)
  }

  @Test func aDigestIsNotPersonalData() throws {
    #expect(try !ProfileInferenceTests.column([.text(ProfileInferenceTests.digest)]).hasPersonalData)
  }

  @Test(arguments: zip(["sha256", "clear"], [MaskAlgorithm.sha256, nil]))
  func aPrivateColumnIsKnownByItsMask(kind: String, mask: MaskAlgorithm?) throws {
    let facts = PrivateFacts(isPresent: true, maskKind: kind, lengthClass: 7)
    let profile = ProfileInferenceTests.profile([.integer(0), .integer(0)], privacy: facts)
    let column = try #require(try ProfileInference(profile).column(.field("x")))
    #expect(column.present == 2 && column.type == .string && column.mask == mask)
  }

  @Test func aTableHasNoImages() throws {
    #expect(try !ProfileInference(ProfileInferenceTests.profile([.integer(1)])).hasImages)
  }

  @Test func corruptImagesAreCounted() throws {
    var profile = Profile()
    for (index, outcome) in [DecodeOutcome.ok, .damaged, .undecodable, .refused].enumerated() {
      profile.observe(
        Observation(
          key: RecordKey("\(index)"), locator: Locator(source: "set"),
          images: [ImageObservation(name: "image", outcome: outcome)]))
    }
    #expect(try ProfileInference(profile).count(of: .corrupt) == Share(part: 2, whole: 4))
  }

  @Test func twoBrokenImagesOfOneRecordCountOnce() throws {
    var profile = Profile()
    let images = ["image", "mask"].map { ImageObservation(name: $0, outcome: .damaged) }
    profile.observe(Observation(key: RecordKey("a"), locator: Locator(source: "set"), images: images))
    #expect(try ProfileInference(profile).count(of: .corrupt) == Share(part: 1, whole: 1))
  }
}
