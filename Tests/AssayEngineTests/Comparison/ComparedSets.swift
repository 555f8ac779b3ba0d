import AssayCore
import AssayEngine
import AssayIngest
import AssayPlugins
import AssayTestSupport

/// Profiles of small tables, and what the comparison of two of them says.
enum ComparedSets {
  /// A profile of `count` records; each has the fields that `fields` gives for its number.
  static func table(
    _ count: Int = 200, slices: (Int) -> [String] = { _ in [] },
    images: (Int) -> [ImageObservation] = { _ in [] }, fields: (Int) -> [String: Value] = { _ in [:] }
  ) -> Profile {
    var profile = Profile()
    for number in 0..<count {
      profile.observe(
        Observation(
          key: RecordKey("row-\(number)"), locator: Locator(source: "set"), images: images(number),
          fields: fields(number).sorted { $0.key < $1.key }.map {
            FieldObservation(name: $0.key, value: $0.value)
          },
          contentDigest: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32),
          recordDigest: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32),
          slices: slices(number)))
    }
    return profile
  }

  /// A profile of `count` records that no other seed gives; each has the fields that `fields` gives for its number.
  static func records(_ count: Int, seed: UInt64, fields: (Int) -> [String: Value]) -> Profile {
    var (profile, random) = (Profile(), SplitMix64(seed: seed))
    for number in 0..<count {
      let digest = (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      profile.observe(
        Observation(
          key: RecordKey("row-\(seed)-\(number)"), locator: Locator(source: "set"),
          fields: fields(number).sorted { $0.key < $1.key }.map {
            FieldObservation(name: $0.key, value: $0.value)
          },
          contentDigest: digest, recordDigest: digest))
    }
    return profile
  }

  /// A profile of one column.
  static func column(_ name: String = "x", count: Int = 200, _ value: @escaping (Int) -> Value) -> Profile {
    table(count, fields: { [name: value($0)] })
  }

  /// A profile by group, of `records` records each; each has the fields that `fields` gives for its group and number.
  static func grouped(_ groups: Int, records: Int, fields: (Int, Int) -> [String: Value]) -> Profile {
    var profile = Profile(Profile.Configuration(partition: .groups(by: "group")))
    for (group, number) in (0..<groups).flatMap({ group in (0..<records).map { (group, $0) } }) {
      profile.observe(
        Observation(
          key: RecordKey("\(group)/\(number)"), locator: Locator(source: "set"),
          fields: fields(group, number).sorted { $0.key < $1.key }.map {
            FieldObservation(name: $0.key, value: $0.value)
          }, group: "\(group)"))
    }
    return profile
  }

  /// One image with that outcome and brightness.
  static func image(_ name: String = "image", _ outcome: DecodeOutcome = .ok, brightness: Double = 0.5)
    -> ImageObservation
  {
    var features = BuiltinFeature.noValues
    features[BuiltinFeature.brightness.rawValue] = .real(brightness)
    return ImageObservation(name: name, outcome: outcome, features: features)
  }

  /// A record of one image with that pHash.
  static func hashed(_ pHash: UInt64) -> Observation {
    var image = image()
    image.pixels = PixelSummary(histograms: [], redBlue: [], thumbnail: [], dHash: 0, pHash: pHash)
    return Observation(key: RecordKey("\(pHash)"), locator: Locator(source: "set"), images: [image])
  }

  /// The scores of the first-party comparators, and of those in `folders`.
  static func scores(
    _ reference: Profile, _ current: Profile, plan: ComparisonPlan = ComparisonPlan(), folders: [String] = []
  ) throws -> [DriftScore] {
    let host = try ComparatorHost(
      registry: PluginRegistry(folders: folders + [ExecutableFolder.path]), isolation: .process)
    return try Comparison(host: host, plan: plan).scores(reference: reference, current: current)
  }

  /// A plan of one schema entry.
  static func plan(_ feature: String, _ test: ComparisonPlan.Test) -> ComparisonPlan {
    var plan = ComparisonPlan()
    plan.overrides[feature] = [test]
    return plan
  }
}

extension [DriftScore] {
  /// The scores of one view of a feature.
  func of(_ feature: String, _ aspect: ComparedFeature.Aspect) -> [DriftScore] {
    filter { $0.feature == feature && $0.aspect == aspect }
  }

  /// Those that alarm, as `feature aspect`.
  var alarms: Set<String> {
    Set<String>(filter { $0.status == .alarm }.map { "\($0.feature) \($0.aspect.rawValue)" })
  }
}
