extension ImageForge {
  /// Independent random bytes.
  package static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  /// Independent random samples of that many bits.
  package static func samples(_ count: Int, depth: Int, seed: UInt64) -> [UInt16] {
    var random = SplitMix64(seed: seed)
    let most = UInt16(truncatingIfNeeded: 1 << depth - 1)
    return (0..<count).map { _ in UInt16.random(in: 0...most, using: &random) }
  }

  /// Slopes and a few soft shapes, much like a photograph to a codec. Shape: height x width x channels.
  package static func scene(width: Int, height: Int, channels: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let slopes = (0..<channels).map { _ in
      (Int.random(in: 1...5, using: &random), Int.random(in: 1...5, using: &random))
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * channels)
    for y in 0..<height {
      for x in 0..<width {
        for (slopeX, slopeY) in slopes {
          let ramp = (x * slopeX + y * slopeY) & 511
          let grain = Int.random(in: 0...7, using: &random)
          pixels.append(UInt8(min(255, (ramp < 256 ? ramp : 511 - ramp) + grain)))
        }
      }
    }
    return pixels
  }
}
