/// An integer of any size, as sign and magnitude: just enough arithmetic for exact moments.
package struct WideInteger: Sendable, Hashable {
  /// Never true of zero.
  package private(set) var isNegative: Bool
  /// 32 bits each, the lowest first, without zeros at the top.
  package private(set) var limbs: [UInt32]

  package static let zero = WideInteger(isNegative: false, limbs: [])

  package init(isNegative: Bool, limbs: [UInt32]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
    self.isNegative = isNegative && !self.limbs.isEmpty
  }

  package init(_ value: Int64) {
    let magnitude = value.magnitude
    self.init(
      isNegative: value < 0,
      limbs: [UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)])
  }

  /// *Complexity*: the product of the numbers of limbs.
  package static func * (left: WideInteger, right: WideInteger) -> WideInteger {
    var limbs = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (offset, limb) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (index, other) in right.limbs.enumerated() {
        let sum = UInt64(limb) * UInt64(other) + UInt64(limbs[offset + index]) + carry
        limbs[offset + index] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      limbs[offset + right.limbs.count] = UInt32(carry)
    }
    return WideInteger(isNegative: left.isNegative != right.isNegative, limbs: limbs)
  }

  package static func - (left: WideInteger, right: WideInteger) -> WideInteger {
    let count = max(left.limbs.count, right.limbs.count) + 1
    var limbs = [Int64](repeating: 0, count: count)
    for (index, limb) in left.limbs.enumerated() {
      limbs[index] += left.isNegative ? -Int64(limb) : Int64(limb)
    }
    for (index, limb) in right.limbs.enumerated() {
      limbs[index] -= right.isNegative ? -Int64(limb) : Int64(limb)
    }
    let isNegative = (limbs.last { $0 != 0 } ?? 0) < 0
    if isNegative { for index in limbs.indices { limbs[index] = -limbs[index] } }
    for index in 0..<count - 1 {
      let carry = limbs[index] >> 32
      limbs[index] -= carry << 32
      limbs[index + 1] += carry
    }
    return WideInteger(isNegative: isNegative, limbs: limbs.map { UInt32(truncatingIfNeeded: $0) })
  }

  /// `self * 2^lowestExponent` as the nearest Double, ties to even; infinite beyond the largest.
  package func rounded(lowestExponent: Int) -> Double {
    guard let top = limbs.last else { return 0 }
    let topBit = 32 * limbs.count - 1 - top.leadingZeroBitCount
    // The exponent of the last bit that a Double of this size has.
    let lastExponent = max(topBit + lowestExponent - 52, -1074)
    guard lastExponent <= 971 else { return isNegative ? -.infinity : .infinity }
    let lastBit = lastExponent - lowestExponent
    var significand: UInt64 = 0
    for bit in stride(from: topBit, through: lastBit, by: -1) {
      significand = significand << 1 | (bit >= 0 && hasBit(bit) ? 1 : 0)
    }
    let isTieOrMore = lastBit > 0 && hasBit(lastBit - 1)
    if isTieOrMore, significand & 1 == 1 || hasBitBelow(lastBit - 1) { significand += 1 }
    // A significand that reaches 2^53 carries into the exponent, and from the largest one into infinity.
    let magnitude = Double(bitPattern: UInt64(lastExponent + 1074) << 52 &+ significand)
    return isNegative ? -magnitude : magnitude
  }

  private func hasBit(_ bit: Int) -> Bool {
    bit >> 5 < limbs.count && limbs[bit >> 5] >> UInt32(bit & 31) & 1 == 1
  }

  private func hasBitBelow(_ bit: Int) -> Bool {
    let whole = min(bit >> 5, limbs.count)
    if limbs[..<whole].contains(where: { $0 != 0 }) { return true }
    return whole < limbs.count && limbs[whole] & (1 << UInt32(bit & 31) - 1) != 0
  }
}
