import AssayCore
import AssayTestSupport
import Testing

/// Every sketch is a function of the multiset of what it observed, within its limits and far beyond them.
struct SketchLawTests {
  private static let scales: [SketchScale] = [.whole, .part]

  @Test(arguments: scales, [10, 3000]) func realSketch(scale: SketchScale, count: Int) {
    var random = SplitMix64(seed: 1)
    let laws = SketchSamples.laws(scale: scale, make: { RealSketch(scale: scale) }) { $0.observe($1) }
    #expect(laws.violations(items: SketchSamples.reals(count, &random), seed: 1) == [])
  }

  @Test(arguments: scales, [(20, Int64(100)), (6000, 4096), (3000, 5000), (2000, 1 << 40), (500, .max)])
  func integerSketch(scale: SketchScale, shape: (count: Int, magnitude: Int64)) {
    var random = SplitMix64(seed: 2)
    let items = (0..<shape.count).map { _ in
      Int64.random(in: -shape.magnitude...shape.magnitude, using: &random)
    }
    let laws = SketchSamples.laws(scale: scale, make: { IntegerSketch(scale: scale) }) { $0.observe($1) }
    #expect(
      laws.violations(items: items + [.min, 0].filter { shape.magnitude == .max || $0 == 0 }, seed: 2) == [])
  }

  @Test(arguments: scales, [86_400 * 50, 86_400 * 9000, 1 << 40] as [Int64])
  func timestampSketch(scale: SketchScale, range: Int64) {
    var random = SplitMix64(seed: 3)
    let items = (0..<6000).map { _ in Int64.random(in: -range...range, using: &random) }
    let laws = SketchSamples.laws(scale: scale, make: { TimestampSketch(scale: scale) }) { $0.observe($1) }
    #expect(laws.violations(items: items, seed: 3, rounds: 5) == [])
  }

  @Test(arguments: scales, [5, 60, 250, 300, 5000]) func distinctCounter(scale: SketchScale, distinct: Int) {
    var random = SplitMix64(seed: 4)
    let hashes = [0, 1] + (0..<distinct).map { _ in random.next() }
    let items = (0..<3 * distinct).map { _ in hashes[Int.random(in: 0..<hashes.count, using: &random)] }
    let laws = SketchSamples.laws(scale: scale, make: { DistinctCounter(scale: scale) }) { $0.observe($1) }
    #expect(laws.violations(items: items, seed: 4) == [])
  }

  @Test(arguments: scales, [(8, 3), (1500, 4), (6000, 4), (700, 100), (1, 40_000), (3, 60_000)])
  func textSketch(scale: SketchScale, shape: (distinct: Int, length: Int)) {
    var random = SplitMix64(seed: 5)
    let hasher = SipHash()
    let equivalent = ["\u{e9}", "e\u{301}", "", "\u{0}", "\"\\\n"]
    let names =
      equivalent + (0..<shape.distinct).map { "\($0)" + String(repeating: "x", count: shape.length) }
    let items = (0..<2 * shape.distinct + 20).map { _ in
      names[Int.random(in: 0..<names.count, using: &random)]
    }
    let laws = MergeLaws<TextSketch, String>(
      make: { TextSketch(scale: scale) }, observe: { _ = $0.observe($1, hasher: hasher) },
      merge: { $0.merge($1) },
      encode: {
        var writer = JSONWriter()
        $0.encode(to: &writer)
        return writer.bytes
      },
      decode: { bytes in
        try? JSONReader.read(bytes) { (reader) throws(JSONError) in
          try TextSketch(from: &reader, scale: scale, hasher: hasher)
        }
      })
    #expect(laws.violations(items: items, seed: 5, rounds: 6) == [])
  }

  @Test(arguments: [100, 16_000, 40_000]) func levelSample(distinct: Int) {
    var random = SplitMix64(seed: 6)
    let hasher = SipHash()
    let items =
      [0, 0]
      + (0..<distinct).flatMap { _ -> [UInt64] in
        let item = random.next()
        return random.next() % 5 == 0 ? [item, item, item] : [item]
      }
    let laws = MergeLaws<LevelSample, UInt64>(
      make: { LevelSample() }, observe: { $0.observe($1, hasher: hasher) },
      merge: { $0.merge($1, hasher: hasher) },
      encode: {
        var writer = JSONWriter()
        $0.encode(to: &writer)
        return writer.bytes
      },
      decode: { bytes in
        try? JSONReader.read(bytes) { (reader) throws(JSONError) in
          try LevelSample(from: &reader, hasher: hasher)
        }
      })
    #expect(laws.violations(items: items, seed: 6, rounds: 3) == [])
  }

  @Test(arguments: scales) func pixelSketch(scale: SketchScale) {
    var random = SplitMix64(seed: 7)
    let items = (0..<20).map { _ in
      PixelSummary(
        histograms: (0..<1024).map { _ in UInt32(random.next() % 100) },
        redBlue: (0..<256).map { _ in UInt32(random.next() % 9) }, thumbnail: [], dHash: 0, pHash: 0)
    }
    let laws = SketchSamples.laws(scale: scale, make: { PixelSketch(scale: scale) }) { $0.observe($1) }
    #expect(laws.violations(items: items, seed: 7) == [])
  }
}
