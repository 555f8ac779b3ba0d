import AssayCore
import AssayTestSupport
import Testing

/// The file format, as files that are read for ever.
struct ProfileFormatTests {
  private func profile(_ partition: Partition, count: Int) -> Profile {
    var forge = ObservationForge(seed: 2026)
    forge.sliceCount = 1
    var profile = Profile(Profile.Configuration(decoderSignature: "00ff", partition: partition))
    for observation in forge.observations(count) { profile.observe(observation) }
    return profile
  }

  @Test func versionOneIsWrittenAsEver() {
    let path = Vectors.path("profile_v1.json")
    #expect(Golden.mismatch(profile(.groups(by: "camera"), count: 1).encoded(), path: path) == nil)
  }

  @Test func versionOneReadsBackAsItself() throws {
    let bytes = try Vectors.bytes("profile_v1.json")
    #expect(try Profile(decoding: bytes).encoded() == bytes)
  }

  @Test func whiteSpaceDoesNotMatter() throws {
    let bytes = profile(.windows(seconds: 60), count: 3).encoded()
    var indented = JSONWriter(indentation: 2)
    indented.value(try JSONValue(parsing: bytes))
    #expect(try Profile(decoding: indented.bytes).encoded() == bytes)
  }

  @Test func noRealIsWrittenAsAnInteger() {
    var column = RealSketch(scale: .whole)
    column.observe(2)
    #expect(String(decoding: SketchSamples.encode(column), as: UTF8.self).contains("\"min\":2.0,\"max\":2.0"))
  }
}
