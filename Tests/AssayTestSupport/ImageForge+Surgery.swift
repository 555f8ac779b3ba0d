import CImageForge

/// One chunk of a PNG.
package struct PNGChunk: Hashable {
  /// Four letters.
  package var type: String
  package var data: [UInt8]

  package init(_ type: String, _ data: [UInt8] = []) {
    precondition(type.utf8.count == 4, "a chunk type has four letters")
    self.type = type
    self.data = data
  }

  /// Length, type, data and their CRC.
  package var bytes: [UInt8] {
    let covered = Array(type.utf8) + data
    return Self.bigEndian(UInt32(data.count)) + covered
      + Self.bigEndian(assay_forge_crc32(covered, covered.count))
  }

  package static func bigEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian, Array.init)
  }
}

extension ImageForge {
  package static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The chunks of a well-formed PNG.
  package static func chunks(of png: [UInt8]) -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var offset = pngSignature.count
    while offset + 12 <= png.count {
      let length = png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      let type = String(decoding: png[offset + 4..<offset + 8], as: UTF8.self)
      chunks.append(PNGChunk(type, Array(png[offset + 8..<offset + 8 + length])))
      offset += 12 + length
    }
    return chunks
  }

  /// A PNG of these chunks, every CRC made right.
  package static func png(chunks: [PNGChunk]) -> [UInt8] { pngSignature + chunks.flatMap(\.bytes) }

  /// The first part of the bytes, `fraction` of them.
  package static func truncated(_ bytes: [UInt8], to fraction: Double) -> [UInt8] {
    Array(bytes.prefix(Int(Double(bytes.count) * fraction)))
  }

  /// The bytes with some of them changed, cut out, doubled or the end cut off: what a hostile or broken file may
  /// look like. The same seed gives the same damage.
  package static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let run = min(Int.random(in: 1...16, using: &random), bytes.count - at)
      switch Int.random(in: 0..<10, using: &random) {
      case 0: bytes.removeSubrange(at..<at + run)
      case 1: bytes.insert(contentsOf: Array(bytes[at..<at + run]), at: at)
      case 2: bytes.removeLast(Int.random(in: 0...bytes.count / 4, using: &random))
      case 3: bytes[at] = [0x00, 0x01, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 4: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      default: bytes[at] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return bytes
  }
}
