import AssayCore
import AssayIngest

/// Observes one image with a decoder of its own.
func observe(
  _ bytes: [UInt8], memberName: String = "a/photo.jpg", options: DecodeOptions = DecodeOptions()
) -> ImageObservation {
  bytes.withUnsafeBytes { ImageDecoder().observe($0, memberName: memberName, options: options) }
}

/// The upright frame of an image.
struct Frame: Equatable {
  var width: Int
  var height: Int
  var channels: Int
  var sampleBits: Int
  /// Height x width x channels.
  var samples: [Int]
}

func frame(_ bytes: [UInt8]) -> Frame? {
  var frame: Frame?
  _ = bytes.withUnsafeBytes { bytes in
    ImageDecoder().observe(bytes, memberName: "") { pixels in
      frame = Frame(
        width: pixels.width, height: pixels.height, channels: pixels.channels, sampleBits: pixels.sampleBits,
        samples: pixels.sampleBits == 16
          ? pixels.samples.bindMemory(to: UInt16.self).map(Int.init) : pixels.samples.map(Int.init))
    }
  }
  return frame
}

extension ImageObservation {
  /// The value of a built-in feature.
  subscript(feature: BuiltinFeature) -> Value { features[feature.rawValue] }
}
