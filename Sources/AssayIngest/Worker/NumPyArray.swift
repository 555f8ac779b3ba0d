/// A vector in NumPy's file format, as embeddings are kept beside images.
///
/// *Source*: NumPy's `numpy/lib/format.py`, versions 1.0 to 3.0.
enum NumPyArray {
  enum Parsed: Equatable {
    case vector([Double])
    /// What cannot be used, and why.
    case malformed(String)
  }

  /// The most numbers a vector may have.
  static let mostNumbers = 1 << 16

  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// Reads one array whose dimensions are 1 but for one, of any real or integer type.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> Parsed {
    guard bytes.count >= 10, bytes.prefix(6).elementsEqual(magic) else {
      return .malformed("expected a NumPy array, found other bytes")
    }
    let wide = bytes[6] >= 2
    let start = wide ? 12 : 10
    guard (1...3).contains(bytes[6]), bytes.count >= start else {
      return .malformed("expected version 1 to 3 of the NumPy format, found \(bytes[6])")
    }
    let length = (0..<(wide ? 4 : 2)).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= bytes.count - start, length <= 1 << 16 else {
      return .malformed("the header is longer than the file")
    }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
    return values(UnsafeRawBufferPointer(rebasing: bytes[(start + length)...]), header)
  }

  private static func values(_ data: UnsafeRawBufferPointer, _ header: String) -> Parsed {
    guard let type = quoted(after: "descr", header).flatMap(ElementType.init) else {
      return .malformed("expected numbers, found \(quoted(after: "descr", header) ?? "no type")")
    }
    guard let shape = shape(header), shape.count(where: { $0 != 1 }) <= 1,
      shape.allSatisfy({ (1...mostNumbers).contains($0) })
    else { return .malformed("expected one vector of at most \(mostNumbers) numbers") }
    let count = shape.max() ?? 1
    guard data.count == count * type.size else {
      return .malformed("expected \(count) numbers of \(type.size) bytes, found \(data.count) bytes")
    }
    return .vector((0..<count).map { type.number(data, at: $0 * type.size) })
  }

  /// The text in quotes behind `'key':`.
  private static func quoted(after key: String, _ header: String) -> String? {
    let parts = header.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    return parts.firstIndex(of: key).flatMap { $0 + 2 < parts.count ? parts[$0 + 2] : nil }
  }

  /// The numbers in the brackets behind `'shape':`; nil where something else is in them.
  private static func shape(_ header: String) -> [Int]? {
    let afterKey = header.split(separator: "shape", maxSplits: 1).last ?? ""
    guard let open = afterKey.firstIndex(of: "("), let close = afterKey[open...].firstIndex(of: ")") else {
      return nil
    }
    let words = afterKey[afterKey.index(after: open)..<close].split { $0 == "," || $0 == " " }
    let numbers = words.compactMap { Int($0) }
    return numbers.count == words.count && numbers.allSatisfy { $0 >= 0 } ? numbers : nil
  }
}

/// One of NumPy's number types: byte order, kind and size.
private struct ElementType {
  private enum Kind: Character {
    case real = "f"
    case signed = "i"
    case unsigned = "u"
  }

  let size: Int
  private let kind: Kind
  private let isBigEndian: Bool

  /// Understands `<f4`, `>f8`, `|u1` and the like.
  init?(_ text: String) {
    let characters = Array(text)
    guard characters.count == 3, "<>|=".contains(characters[0]), let kind = Kind(rawValue: characters[1]),
      let size = Int(String(characters[2])), [1, 2, 4, 8].contains(size), kind != .real || size > 1
    else { return nil }
    (self.size, self.kind, isBigEndian) = (size, kind, characters[0] == ">")
  }

  func number(_ data: UnsafeRawBufferPointer, at offset: Int) -> Double {
    let bits = (0..<size).reduce(UInt64(0)) { bits, index in
      bits | UInt64(data[offset + index]) << UInt64(8 * (isBigEndian ? size - 1 - index : index))
    }
    switch kind {
    case .unsigned: return Double(bits)
    case .signed: return Double(Int64(bitPattern: bits << UInt64(64 - 8 * size)) >> Int64(64 - 8 * size))
    case .real: return real(bits)
    }
  }

  private func real(_ bits: UInt64) -> Double {
    switch size {
    case 8: Double(bitPattern: bits)
    case 4: Double(Float(bitPattern: UInt32(bits)))
    default: Self.half(UInt16(bits))
    }
  }

  /// IEEE 754 binary16; not every platform's Swift has `Float16`.
  private static func half(_ bits: UInt16) -> Double {
    let sign = bits >> 15 == 1 ? -1.0 : 1.0
    let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 1023) / 1024)
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
    }
  }
}
