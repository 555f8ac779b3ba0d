package import AssayCore

/// What a private value looks like, which is all that is ever told of it.
package enum MaskShape: Sendable, Hashable {
  case digest(MaskAlgorithm)
  case clear

  /// The shape of that text: a digest in hexadecimal or padded base64, or clear text.
  ///
  /// Unpadded base64 is clear text: a name of 22 letters would pass for MD5.
  package init(of text: String) {
    let bytes = Array(text.utf8)
    let match = MaskAlgorithm.allCases.first { algorithm in
      MaskShape.isHexadecimal(bytes, byteCount: algorithm.byteCount)
        || MaskShape.isBase64(bytes, byteCount: algorithm.byteCount)
    }
    self = match.map(MaskShape.digest) ?? .clear
  }

  /// The shape that a private field's facts tell.
  init(_ facts: PrivateFacts) {
    self = MaskAlgorithm(rawValue: facts.maskKind).map(MaskShape.digest) ?? .clear
  }

  /// The length of a digest in characters, hexadecimal or base64 as its length class says; nil for clear text.
  func digitCount(ofLengthClass lengthClass: Int) -> Int? {
    guard case .digest(let algorithm) = self else { return nil }
    let hexadecimal = algorithm.byteCount * 2
    return PrivateFacts.lengthClass(ofByteCount: hexadecimal) == lengthClass
      ? hexadecimal : (algorithm.byteCount + 2) / 3 * 4
  }

  /// The name that counts and findings carry.
  package var name: String {
    switch self {
    case .digest(let algorithm): algorithm.rawValue
    case .clear: "clear"
    }
  }

  private static func isHexadecimal(_ bytes: [UInt8], byteCount: Int) -> Bool {
    guard bytes.count == byteCount * 2 else { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
  }

  /// RFC 4648, sections 4 and 5, with padding. All three digests need some.
  private static func isBase64(_ bytes: [UInt8], byteCount: Int) -> Bool {
    let padding = (3 - byteCount % 3) % 3
    guard padding > 0, bytes.count == (byteCount + 2) / 3 * 4 else { return false }
    guard bytes.suffix(padding).allSatisfy({ $0 == UInt8(ascii: "=") }) else { return false }
    return bytes.dropLast(padding).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}

extension PrivateFacts {
  /// All that may be told of a private field's value.
  package init(of value: Value) {
    let text = value.canonicalText
    let count = text.utf8.count
    self.init(
      isPresent: count > 0, maskKind: count == 0 ? "missing" : MaskShape(of: text).name,
      lengthClass: Self.lengthClass(ofByteCount: count))
  }

  fileprivate static func lengthClass(ofByteCount count: Int) -> Int {
    Int.bitWidth - count.leadingZeroBitCount
  }
}
