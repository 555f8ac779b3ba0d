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

  /// The name that counts and findings carry.
  package var name: String {
    switch self {
    case .digest(let algorithm): algorithm.rawValue
    case .clear: "clear"
    }
  }

  /// A value of which exactly the same may be told as of a private one that is not known.
  package static func standIn(for facts: PrivateFacts) -> Value {
    guard facts.isPresent, facts.lengthClass > 0 else { return .missing }
    guard let algorithm = MaskAlgorithm(rawValue: facts.maskKind) else {
      // The shortest text of the class; `x` is no digit of any digest.
      return .text(run(of: "x", 1 << min(facts.lengthClass - 1, 20)))
    }
    let digitCount = algorithm.byteCount * 2
    if PrivateFacts.lengthClass(ofByteCount: digitCount) == facts.lengthClass {
      return .text(run(of: "0", digitCount))
    }
    let padding = (3 - algorithm.byteCount % 3) % 3
    let length = (algorithm.byteCount + 2) / 3 * 4
    return .text(run(of: "A", length - padding) + run(of: "=", padding))
  }

  private static func run(of character: Unicode.Scalar, _ count: Int) -> String {
    String(unsafeUninitializedCapacity: count) { bytes in
      bytes.initialize(repeating: UInt8(ascii: character))
      return count
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
