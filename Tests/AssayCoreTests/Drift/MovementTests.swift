import AssayCore
import Testing

@Suite("What moved, in a few words")
struct MovementTests {
  private static func pixels(unit: String) -> ComparedFeature {
    let empty = ColumnProfile(scale: .whole)
    func image(of code: Int) -> [Int64] { (0..<256).map { $0 == code ? 900 : 0 } }
    return ComparedFeature(
      name: "image.luma", unit: unit, form: .histogram(image(of: 10), image(of: 20)), reference: empty,
      current: empty, referenceRecords: 9, currentRecords: 9)
  }

  @Test func theUnitStandsBehindTheNumbers() {
    #expect(Self.pixels(unit: "code values").movement == "mean 10 -> 20 code values")
  }

  @Test func aPureNumberHasNone() { #expect(Self.pixels(unit: "").movement == "mean 10 -> 20") }

  /// The built-in features bring the unit of their definition.
  @Test func aFeatureOfImagesHasItsUnit() {
    func profile(_ size: Int64) -> Profile {
      var features = BuiltinFeature.noValues
      features[BuiltinFeature.byteCount.rawValue] = .integer(size)
      var profile = Profile()
      profile.observe(
        Observation(
          key: RecordKey("\(size)"), locator: Locator(source: "set"),
          images: [ImageObservation(name: "image", outcome: .ok, features: features)]))
      return profile
    }
    let bytes = ComparedFeature.all(profile(2307), profile(1401)).first {
      $0.name == "image.bytes" && $0.aspect == .values
    }
    #expect(bytes?.movement == "always 2307 -> always 1401 bytes")
  }
}
