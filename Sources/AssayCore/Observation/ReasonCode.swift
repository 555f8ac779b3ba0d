/// Why an image's outcome is what it is: the stable codes of `ImageObservation.reason`.
package enum ReasonCode: String, Sendable, Hashable, CaseIterable {
  case empty = "decode.empty"
  case unknownFormat = "decode.unknown-format"
  case unsupported = "decode.unsupported"
  case badHeader = "decode.bad-header"
  case truncated = "decode.truncated"
  case corruptData = "decode.corrupt-data"
  case checksum = "decode.crc"
  case missingEnd = "decode.missing-end"
  case trailingBytes = "decode.trailing-bytes"
  case badOrientation = "decode.bad-orientation"
  case crashed = "decode.crashed"
  case timeout = "decode.timeout"
  case unreadable = "entry.unreadable"
  case encrypted = "entry.encrypted"
  case sourceChanged = "source.changed"
  case limitBytes = "limit.bytes"
  case limitWidth = "limit.width"
  case limitHeight = "limit.height"
  case limitPixels = "limit.pixels"
  case limitMemory = "limit.memory"
  case limitScans = "limit.scans"
}

extension ReasonCode {
  /// One sentence for people.
  package var meaning: String {
    switch self {
    case .empty: "There are no bytes."
    case .unknownFormat: "The first bytes are those of no image format that is known here."
    case .unsupported: "The format, or this variant of it, is recognised and not decoded."
    case .badHeader: "The header names no image that could be decoded."
    case .truncated: "The bytes end before the image does."
    case .corruptData: "The compressed data, or what surrounds them, contradict the format."
    case .checksum: "A checksum does not match the bytes it covers."
    case .missingEnd: "Every row came out, and the end marker is missing."
    case .trailingBytes: "Bytes follow the end of a complete image."
    case .badOrientation: "EXIF names an orientation other than 1 to 8; the image is taken as upright."
    case .crashed: "The decoder's process died on it."
    case .timeout: "The decoder passed its deadline."
    case .unreadable: "The bytes could not be read from their source."
    case .encrypted: "The member is encrypted inside its container."
    case .sourceChanged: "The file became shorter while it was read."
    case .limitBytes: "The member has more bytes than are read."
    case .limitWidth: "The image is wider than allowed."
    case .limitHeight: "The image is higher than allowed."
    case .limitPixels: "The image has more pixels than allowed."
    case .limitMemory: "Reading or decoding it would take more memory than allowed."
    case .limitScans: "The progressive image has more scans than allowed."
    }
  }

  /// Whether an image with this reason may still have the outcome `ok`.
  package var isRemark: Bool { self == .trailingBytes || self == .badOrientation }
}
