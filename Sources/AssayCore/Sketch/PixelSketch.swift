/// Code values of all pixels of all images: counts for R, G, B and luma, and joint counts of red and blue.
///
/// A whole set has 256 code values and 16 x 16 levels; a slice, a group or a window a quarter of each.
///
/// *Merge law*: addition.
package struct PixelSketch: Sendable {
  /// The number of images.
  package private(set) var imageCount: Int64 = 0
  /// Pixel counts. Shape: 4 x 256 (a part: 4 x 64), row-major, channels R, G, B, luma.
  package private(set) var codeValues: [Int64]
  /// Joint counts of red and blue. Shape: 16 x 16 (a part: 8 x 8), row-major, red first.
  package private(set) var redBlue: [Int64]
  private let scale: SketchScale

  package init(scale: SketchScale) {
    self.scale = scale
    codeValues = Array(repeating: 0, count: Self.codeValueCount(scale))
    redBlue = Array(repeating: 0, count: Self.redBlueCount(scale))
  }

  private static func codeValueCount(_ scale: SketchScale) -> Int { 4 * 256 >> scale.codeValueShift }

  private static func redBlueCount(_ scale: SketchScale) -> Int { 16 * 16 >> (2 * scale.levelShift) }

  /// The counts of one channel by code value: 0 red, 1 green, 2 blue, 3 luma.
  package func codeValues(of channel: Int) -> [Int64] {
    let size = codeValues.count / 4
    return Array(codeValues[channel * size..<(channel + 1) * size])
  }

  /// Counts one image. A summary whose arrays have another shape than `PixelSummary` promises counts as far
  /// as its bins exist.
  package mutating func observe(_ pixels: PixelSummary) {
    imageCount &+= 1
    Self.add(pixels.histograms, to: &codeValues, limit: 4 * 256) { [scale] in $0 >> scale.codeValueShift }
    Self.add(pixels.redBlue, to: &redBlue, limit: 16 * 16) { [scale] index in
      let shift = scale.levelShift
      return (index >> (4 + shift)) << (4 - shift) | (index & 15) >> shift
    }
  }

  /// Adds each count to the bin that `bin` gives for its index.
  @inline(__always)
  private static func add(_ counts: [UInt32], to bins: inout [Int64], limit: Int, bin: (Int) -> Int) {
    counts.withUnsafeBufferPointer { counts in
      bins.withUnsafeMutableBufferPointer { bins in
        for index in 0..<min(counts.count, limit) { bins[bin(index)] &+= Int64(counts[index]) }
      }
    }
  }

  package mutating func merge(_ other: PixelSketch) {
    imageCount &+= other.imageCount
    for index in codeValues.indices { codeValues[index] &+= other.codeValues[index] }
    for index in redBlue.indices { redBlue[index] &+= other.redBlue[index] }
  }
}

extension PixelSketch: JSONSketch {
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("images", imageCount)
    writer.dense("code_values", codeValues)
    writer.dense("red_blue", redBlue)
    writer.endObject()
  }

  package init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError) {
    self.scale = scale
    var members = try JSONMembers(&reader)
    imageCount = try members.count("images", &reader)
    codeValues = try members.dense("code_values", &reader, count: Self.codeValueCount(scale))
    redBlue = try members.dense("red_blue", &reader, count: Self.redBlueCount(scale))
    try members.end(&reader)
  }
}
