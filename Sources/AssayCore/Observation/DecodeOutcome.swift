/// What became of one image. A bad image is data, never a thrown error.
package enum DecodeOutcome: UInt8, Sendable, Hashable, CaseIterable {
  /// Decoded without a word from the decoder.
  case ok
  /// Pixels came out, and something was wrong: a warning, a missing end marker, a failed checksum.
  case damaged
  /// The bytes claim a format we decode, and no pixels came out.
  case undecodable
  /// A format that is recognised and not decoded.
  case unsupported
  /// A declared limit was passed before anything was allocated.
  case refused
  /// The decoder's process died on it.
  case crashed
  /// The decoder passed its deadline.
  case timeout
  /// The bytes could not be read.
  case unreadable
}

extension DecodeOutcome {
  /// One sentence for people.
  package var meaning: String {
    switch self {
    case .ok: "The image was decoded without a complaint."
    case .damaged: "Pixels came out, and something was wrong: a warning, a missing end, a failed checksum."
    case .undecodable: "The bytes claim a format that is decoded, and no pixels came out."
    case .unsupported: "The format is recognised and not decoded."
    case .refused: "A limit was passed; nothing of the image's size was allocated."
    case .crashed: "The decoder's process died on it."
    case .timeout: "The decoder passed its deadline."
    case .unreadable: "The bytes could not be read."
    }
  }

  /// The name used in rows, profiles and schemas.
  package var name: String { String(describing: self) }

  /// Whether a schema's `corrupt` bound counts it; `unsupported` and `refused` count apart.
  package var isCorrupt: Bool {
    switch self {
    case .damaged, .undecodable, .crashed, .timeout: true
    case .ok, .unsupported, .refused, .unreadable: false
    }
  }
}
