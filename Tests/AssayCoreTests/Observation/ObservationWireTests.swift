import AssayCore
import AssayTestSupport
import Testing

struct ObservationWireTests {
  private let full = Observation(
    key: RecordKey(bytes: [0x61, 0xFF]), locator: Locator(source: "a.zip", member: "x/y.png", row: 12),
    images: [
      ImageObservation(
        name: "image", outcome: .damaged, reason: "decode.truncated", detail: "premature end",
        features: [
          .missing, .integer(.min), .real(-0.0), .boolean(true), .text("é"), .vector([1.5, .infinity]),
        ],
        pixels: PixelSummary(
          histograms: (0..<1024).map { $0 % 3 == 0 ? UInt32($0 * 1000) : 0 },
          redBlue: [UInt32](repeating: 7, count: 256), thumbnail: [UInt8](0..<192), dHash: .max, pHash: 3),
        sampleValues: [0, 1, 65_535])
    ],
    fields: [
      FieldObservation(name: "label", value: .text("stop")),
      FieldObservation(
        name: "user", value: .missing,
        privacy: PrivateFacts(isPresent: true, maskKind: "sha256", lengthClass: 7)),
    ],
    measurements: [NamedValue(name: "p/1:x", value: .real(.pi))],
    contentDigest: [UInt8](repeating: 1, count: 32), recordDigest: [UInt8](repeating: 2, count: 32),
    findings: [
      Finding(code: "c", rule: "r", severity: .warn, subject: "s", expected: "e", found: "f")
    ],
    notEvaluated: ["r2"], slices: ["night"], group: "g", time: -5)

  private func encoded(_ observation: Observation) -> [UInt8] {
    var writer = ByteWriter()
    observation.encode(to: &writer)
    return writer.bytes
  }

  private func decoded(_ bytes: [UInt8]) throws(WireError) -> Observation {
    try ByteReader.read(bytes) { (reader) throws(WireError) in try Observation(from: &reader) }
  }

  @Test func everyPartReadsBack() throws {
    #expect(try decoded(encoded(full)) == full)
  }

  @Test func anEmptyObservationReadsBack() throws {
    let empty = Observation(key: RecordKey(""), locator: Locator(source: "-"))
    #expect(try decoded(encoded(empty)) == empty)
  }

  @Test func everyTruncationIsRefused() {
    let bytes = encoded(full)
    for count in 0..<bytes.count {
      #expect(throws: WireError.self) { try decoded(Array(bytes.prefix(count))) }
    }
  }

  @Test func mutationsNeverCrash() {
    var random = SplitMix64(seed: 5)
    let bytes = encoded(full)
    var refused = 0
    for _ in 0..<20_000 {
      var mutated = bytes
      for _ in 0..<3 {
        mutated[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if (try? decoded(mutated)) == nil { refused += 1 }
    }
    #expect(refused > 100)
  }
}
