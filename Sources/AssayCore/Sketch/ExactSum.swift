/// The exact sum of numbers, or of their squares, whatever their order and size.
///
/// The sum is a wide integer in units of 2^`lowestExponent`, spread over 64-bit limbs of which each stands for 32
/// bits: a limb takes 2^29 additions before carries must move up. Nothing is ever rounded; a square enters as the
/// full product of two significands.
///
/// *Merge law*: integer addition. The encoding is sign and magnitude, which a number has only one of.
///
/// *Source*: Neal 2015, "Fast exact summation using small and large superaccumulators", arXiv:1505.05571; squares
/// are our extension.
package struct ExactSum: Sendable {
  /// What is summed.
  package enum Power: Sendable, Hashable {
    /// The numbers.
    case first
    /// Their squares.
    case second
  }

  package let power: Power
  /// Signed limbs, the lowest first; empty until the first number that is not zero.
  private var limbs: [Int64] = []
  /// Additions that one limb may have seen since carries last moved.
  private var pendingCount = 0

  /// The sum of nothing.
  package init(_ power: Power) { self.power = power }

  /// The exponent of the lowest bit: of the least Double, or of its square.
  package var lowestExponent: Int { power == .first ? -1074 : -2148 }

  /// Limbs for 2^56 numbers of the largest size.
  private var limbCount: Int { power == .first ? 70 : 138 }

  /// Adds a finite number, or its square.
  package mutating func add(_ value: Double) {
    let bits = value.bitPattern
    let exponent = Int(truncatingIfNeeded: bits >> 52 & 0x7FF)
    assert(exponent != 0x7FF, "only finite numbers can be summed")
    let fraction = bits & 0x000F_FFFF_FFFF_FFFF
    let significand = exponent == 0 ? fraction : fraction | 1 << 52
    add(significand, bit: max(exponent, 1) - 1, isNegative: bits >> 63 == 1)
  }

  /// Adds an integer, or its square.
  package mutating func add(_ value: Int64) { add(value.magnitude, bit: 1074, isNegative: value < 0) }

  /// Adds `magnitude * 2^(bit - 1074)` with its sign, or the square of that.
  private mutating func add(_ magnitude: UInt64, bit: Int, isNegative: Bool) {
    guard magnitude != 0 else { return }
    if limbs.isEmpty { limbs = Array(repeating: 0, count: limbCount) }
    pendingCount += 1
    if pendingCount > 1 << 29 { carry() }
    switch power {
    case .first: addWord(magnitude, bit: bit, sign: isNegative ? -1 : 1)
    case .second:
      let (high, low) = magnitude.multipliedFullWidth(by: magnitude)
      addWord(low, bit: 2 * bit, sign: 1)
      if high != 0 { addWord(high, bit: 2 * bit + 64, sign: 1) }
    }
  }

  /// Adds `word * 2^bit` units to the limbs.
  @inline(__always)
  private mutating func addWord(_ word: UInt64, bit: Int, sign: Int64) {
    let index = bit >> 5
    let shift = UInt64(bit & 31)
    let low = word << shift
    let high = (word >> 32) >> (32 - shift)
    limbs.withUnsafeMutableBufferPointer { limbs in
      limbs[index] &+= sign &* Int64(low & 0xFFFF_FFFF)
      limbs[index + 1] &+= sign &* Int64(low >> 32)
      limbs[index + 2] &+= sign &* Int64(high)
    }
  }

  /// Adds the sum that `other` holds.
  package mutating func merge(_ other: ExactSum) {
    precondition(power == other.power, "a sum of squares is no sum")
    if other.limbs.isEmpty { return }
    if limbs.isEmpty {
      self = other
      return
    }
    var other = other
    if pendingCount + other.pendingCount > 1 << 29 {
      carry()
      other.carry()
    }
    pendingCount += other.pendingCount
    for index in limbs.indices { limbs[index] &+= other.limbs[index] }
  }

  /// Moves carries up, so that every limb but the last is in 0..<2^32.
  private mutating func carry() {
    for index in 0..<limbs.count - 1 {
      let carry = limbs[index] >> 32
      limbs[index] &-= carry << 32
      limbs[index + 1] &+= carry
    }
    pendingCount = 1
  }

  /// The sum as sign and magnitude.
  package var exact: WideInteger {
    guard !limbs.isEmpty else { return .zero }
    var copy = self
    copy.carry()
    let isNegative = copy.limbs[copy.limbs.count - 1] < 0
    if isNegative {
      for index in copy.limbs.indices { copy.limbs[index] = 0 &- copy.limbs[index] }
      copy.carry()
    }
    return WideInteger(
      isNegative: isNegative, limbs: copy.limbs.map { UInt32(truncatingIfNeeded: $0) })
  }

  /// The sum, rounded once, to the nearest Double (ties to even); infinite beyond the largest.
  package var rounded: Double { exact.rounded(lowestExponent: lowestExponent) }
}

extension ExactSum {
  /// The sum as text: `0`, or hexadecimal digits with their sign and the power of two they count, `-1f3ap-1088`.
  package var text: String {
    let sum = exact
    guard let lowest = sum.limbs.firstIndex(where: { $0 != 0 }) else { return "0" }
    var digits = ""
    for limb in sum.limbs[lowest...].reversed() {
      let limbDigits = String(limb, radix: 16)
      if !digits.isEmpty { digits += String(repeating: "0", count: 8 - limbDigits.count) }
      digits += limbDigits
    }
    return "\(sum.isNegative ? "-" : "")\(digits)p\(32 * lowest + lowestExponent)"
  }

  /// Reads exactly what `text` gives; nil for everything else.
  package init?(_ power: Power, text: String) {
    self.init(power)
    if text == "0" { return }
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: "p", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = Int(parts[1]), parts[0].utf8.count <= 8 * limbCount else {
      return nil
    }
    let lowest = exponent - lowestExponent
    guard lowest >= 0, lowest.isMultiple(of: 32), lowest / 32 < limbCount else { return nil }
    var index = lowest / 32
    var rest = parts[0]
    limbs = Array(repeating: 0, count: limbCount)
    while !rest.isEmpty {
      guard index < limbCount - 1, let limb = UInt32(rest.suffix(8), radix: 16) else { return nil }
      limbs[index] = isNegative ? -Int64(limb) : Int64(limb)
      rest = rest.dropLast(8)
      index += 1
    }
    pendingCount = 1
    if self.text != text { return nil }
  }
}
