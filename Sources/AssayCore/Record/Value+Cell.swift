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
    let digits = cell.utf8.first == UInt8(ascii: "-") ? cell.utf8.dropFirst() : cell.utf8[...]
    let hasLeadingZero =
      digits.first == 0x30 && (digits.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false)
    guard !hasLeadingZero else { return nil }
    if digits.allSatisfy({ (0x30...0x39).contains($0) }) { return Int64(cell).map(Value.integer) }
    let isDecimal = digits.allSatisfy {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e")
        || $0 == UInt8(ascii: "E")
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
    }
    guard isDecimal, let real = Double(cell), real.isFinite else { return nil }
    return .real(real)
  }
}
