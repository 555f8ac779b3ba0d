import AssayCore
import AssayTestSupport

/// Data that tests of sketches share.
enum SketchSamples {
  /// Doubles of every size, sign and special kind, with repetitions.
  static func reals(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    let special: [Double] = [
      0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1, 0.1,
    ]
    return (0..<count).map { _ in
      switch UInt8.random(in: 0..<4, using: &random) {
      case 0: Double.random(in: 0...1, using: &random)
      case 1: Double(bitPattern: random.next())
      case 2: Double(Int.random(in: -50...50, using: &random))
      default: special[Int.random(in: 0..<special.count, using: &random)]
      }
    }
  }

  /// The encoding of one sketch.
  static func encode(_ sketch: some JSONSketch) -> [UInt8] {
    var writer = JSONWriter()
    sketch.encode(to: &writer)
    return writer.bytes
  }

  /// The sketch that these bytes encode; nil if they are refused.
  static func decode<Sketch: JSONSketch>(_ bytes: [UInt8], scale: SketchScale) -> Sketch? {
    try? JSONReader.read(bytes) { (reader) throws(JSONError) in try Sketch(from: &reader, scale: scale) }
  }

  /// The laws of one kind of sketch.
  static func laws<Sketch: JSONSketch, Item>(
    scale: SketchScale, make: @escaping () -> Sketch, observe: @escaping (inout Sketch, Item) -> Void
  ) -> MergeLaws<Sketch, Item> {
    MergeLaws(
      make: make, observe: observe, merge: { $0.merge($1) }, encode: { encode($0) },
      decode: { decode($0, scale: scale) })
  }
}
