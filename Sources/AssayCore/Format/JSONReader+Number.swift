extension JSONReader {
  /// A number as it was written.
  package enum Number: Sendable, Hashable {
    /// Without fraction and exponent, and within 64 bits.
    case integer(Int64)
    /// Every other number that a Double can hold; finite.
    case real(Double)
  }

  /// Reads a number: exact if it is an integer of 64 bits, else the nearest Double.
  ///
  /// *Throws*: on a leading zero, a missing digit, more than 1,024 characters, or a number beyond the
  /// Doubles.
  package mutating func number() throws(JSONError) -> Number {
    skipWhiteSpace()
    let start = position
    let isNegative = position < text.count && text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let whole = position
    var digits = DecimalDigits()
    try readDigits(into: &digits)
    if text[whole] == UInt8(ascii: "0"), position > whole + 1 {
      throw error("a number with a leading zero", at: start)
    }
    if !isFraction(), let integer = digits.integer(negative: isNegative) { return .integer(integer) }
    try readFractionAndExponent(into: &digits)
    guard position - start <= 1024 else { throw error("a number of more than 1024 characters", at: start) }
    return .real(try real(digits, negative: isNegative, from: start))
  }

  /// The number that is the whole of `text`; nil if it is none as JSON writes them.
  static func number(spelledBy text: UnsafeRawBufferPointer) -> Number? {
    guard var reader = try? JSONReader(text), let number = try? reader.number(),
      reader.position == text.count
    else { return nil }
    return number
  }

  /// Reads an integer of 64 bits.
  package mutating func integer() throws(JSONError) -> Int64 {
    skipWhiteSpace()
    let start = position
    guard position < text.count, text[position] == UInt8(ascii: "-") || isDigit(text[position]) else {
      throw mismatch("an integer")
    }
    guard case .integer(let integer) = try number() else {
      throw error("expected an integer of 64 bits", at: start)
    }
    return integer
  }

  /// Reads a number, integer or not, as the nearest Double.
  package mutating func real() throws(JSONError) -> Double {
    switch try number() {
    case .integer(let integer): Double(integer)
    case .real(let real): real
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// Whether a fraction or an exponent follows.
  private func isFraction() -> Bool {
    guard position < text.count else { return false }
    let byte = text[position]
    return byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
  }

  /// Reads one digit and all that follow it; returns how many there were.
  @discardableResult
  private mutating func readDigits(into digits: inout DecimalDigits) throws(JSONError) -> Int {
    let start = position
    while position + 8 <= text.count {
      let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      guard DecimalDigits.areDigits(word), digits.append(eight: word) else { break }
      position += 8
    }
    while position < text.count, isDigit(text[position]) {
      digits.append(text[position] &- UInt8(ascii: "0"))
      position += 1
    }
    guard position > start else { throw mismatch("a digit") }
    return position - start
  }

  private mutating func readFractionAndExponent(into digits: inout DecimalDigits) throws(JSONError) {
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      digits.exponent -= try readDigits(into: &digits)
    }
    guard position < text.count, text[position] | 0x20 == UInt8(ascii: "e") else { return }
    position += 1
    var isNegative = false
    if position < text.count, text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "+") {
      isNegative = text[position] == UInt8(ascii: "-")
      position += 1
    }
    var exponent = DecimalDigits()
    try readDigits(into: &exponent)
    let magnitude = Int(exponent.integer(negative: false) ?? 99_999_999)
    digits.exponent += isNegative ? -min(magnitude, 99_999_999) : min(magnitude, 99_999_999)
  }

  /// The nearest Double of the text from `start` to the position.
  private func real(_ digits: DecimalDigits, negative: Bool, from start: Int) throws(JSONError) -> Double {
    if let exact = digits.nearestReal { return negative ? -exact : exact }
    let written = String(decoding: text[start..<position], as: UTF8.self)
    guard let real = Double(written), real.isFinite else {
      throw error("a number beyond the range of Double", at: start)
    }
    return real
  }
}

/// The digits of a decimal number and its power of ten, as far as 64 bits hold them.
private struct DecimalDigits {
  private var magnitude: UInt64 = 0
  private var hasOverflown = false
  var exponent = 0

  mutating func append(_ digit: UInt8) {
    let (tenfold, over) = magnitude.multipliedReportingOverflow(by: 10)
    let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit))
    hasOverflown = hasOverflown || over || carry
    magnitude = sum
  }

  /// Whether eight bytes are digits: each has the high half of "0", and still has it with six added.
  static func areDigits(_ word: UInt64) -> Bool {
    let halves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    let zeros: UInt64 = 0x3030_3030_3030_3030
    return word & halves == zeros && (word &+ 0x0606_0606_0606_0606) & halves == zeros
  }

  /// Appends eight digits, the first in the lowest byte; false, and nothing is appended, where they might not fit.
  mutating func append(eight word: UInt64) -> Bool {
    guard magnitude < 100_000_000_000 else { return false }
    // Pairs, then pairs of pairs, then both halves: each step adds ten, a hundred, ten thousand times the lower one.
    let pairs = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 | 1)) >> 8
    let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* (100 << 16 | 1)) >> 16
    let eight = ((fours & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 | 1)) >> 32
    magnitude = magnitude * 100_000_000 + eight
    return true
  }

  /// The digits as an integer, if it fits.
  func integer(negative: Bool) -> Int64? {
    if hasOverflown { return nil }
    if negative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int64(exactly: magnitude)
  }

  /// The nearest Double, where the digits and the power of ten are in reach of machine arithmetic.
  var nearestReal: Double? {
    guard !hasOverflown else { return nil }
    // One correctly rounded operation, where both sides are Doubles (Clinger 1990, the fast path).
    if magnitude <= 1 << 53, -22...22 ~= exponent {
      let mantissa = Double(magnitude)
      return exponent < 0 ? mantissa / Self.powersOfTen[-exponent] : mantissa * Self.powersOfTen[exponent]
    }
    return -19 ... -1 ~= exponent ? nearestQuotient : nil
  }

  /// The digits by a power of ten that fits 64 bits, for the 17 digits of most fractions.
  ///
  /// The quotient of both with their top bits set has 63 bits or 64, more than a Double holds: with a last bit that
  /// says whether anything remains, its conversion rounds as the exact number would.
  private var nearestQuotient: Double {
    let divisor = Self.wholePowersOfTen[-exponent]
    let (shift, divisorShift) = (magnitude.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let dividend = magnitude << UInt64(shift)
    let (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth(
      (dividend >> 1, dividend << 63))
    return Double(
      sign: .plus, exponent: divisorShift - shift - 63,
      significand: Double(quotient | (remainder == 0 ? 0 : 1)))
  }

  private static let wholePowersOfTen: [UInt64] = (0...19).map {
    (0..<$0).reduce(1) { power, _ in power * 10 }
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]
}
