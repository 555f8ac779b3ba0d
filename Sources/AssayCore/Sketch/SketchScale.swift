/// How large the sketches of one set of records may grow: the whole set's in full, those of a slice, a group or a
/// window at a quarter. Only sketches of one scale merge.
package enum SketchScale: Sendable, Hashable {
  /// The whole set.
  case whole
  /// A slice, a group or a window.
  case part

  /// Buckets of a log-linear histogram.
  package var bucketLimit: Int { self == .whole ? 2048 : 512 }

  /// Entries of an exact integer map.
  package var integerLimit: Int { self == .whole ? 4096 : 1024 }

  /// Entries of an exact day map.
  package var dayLimit: Int { self == .whole ? 4096 : 1024 }

  /// Distinct texts that are counted by name.
  package var categoryLimit: Int { self == .whole ? 4096 : 1024 }

  /// UTF-8 bytes of all the texts that are counted by name.
  package var categoryByteLimit: Int { self == .whole ? 128 << 10 : 32 << 10 }

  /// Bits of a text's hash that choose its bin once there are too many names.
  package var hashedBinBits: Int { self == .whole ? 10 : 8 }

  /// Hashes that a distinct counter keeps before it estimates.
  package var exactDistinctLimit: Int { self == .whole ? 256 : 64 }

  /// Bits of a hash that choose a distinct counter's register.
  package var distinctPrecision: Int { self == .whole ? 12 : 10 }

  /// Bits of a code value (0...255) that a pixel histogram drops.
  package var codeValueShift: Int { self == .whole ? 0 : 2 }

  /// Bits of a red or blue level (0...15) that the joint histogram drops.
  package var levelShift: Int { self == .whole ? 0 : 1 }

  /// Whether texts with too many names keep a Count-Min sketch.
  package var keepsCountMin: Bool { self == .whole }
}
