extension Value {
  /// The value that a cell of a delimited manifest spells.
  ///
  /// Empty is missing. Whole numbers without leading zeros or a plus sign are integers, decimal numbers are real,
  /// `true` and `false` are booleans; everything else, `007` and `no` among it, stays text.
  package init(cell: String) {
    let utf8 = cell.utf8
    guard let first = utf8.first else {
      self = .missing
      return
    }
    let mayBeNumber = first == UInt8(ascii: "-") || (0x30...0x39).contains(first)
    if mayBeNumber, let number = Self.number(cell) {
      self = number
    } else if cell == "true" || cell == "false" {
      self = .boolean(cell == "true")
    } else {
      self = .text(cell)
    }
  }

  private static func number(_ cell: String) -> Value? {
    var cell = cell
    return cell.withUTF8 { bytes in
      let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
      let hasLeadingZero = digits.first == 0x30 && digits.count > 1 && isDigit(digits[digits.startIndex + 1])
      guard !hasLeadingZero else { return nil }
      switch JSONReader.number(spelledBy: UnsafeRawBufferPointer(bytes)) {
      case .integer(let integer): return .integer(integer)
      case .real(let real) where !digits.allSatisfy(isDigit): return .real(real)
      // An integer of more than 64 bits is no number here.
      case .real: return nil
      case nil: return otherNumber(bytes)
      }
    }
  }

  /// A number as JSON does not write it: `1.`, `2e05`.
  private static func otherNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
    let isDecimal = bytes.allSatisfy { isDigit($0) || decimalMarks.contains($0) }
    guard isDecimal, let real = Double(String(decoding: bytes, as: UTF8.self)), real.isFinite else {
      return nil
    }
    return .real(real)
  }

  private static let decimalMarks = Array(".eE-+".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
