extension UInt128 {
  /// The nearest Double, ties to even: what `Double(self)` gives, without its generic path, which costs more than
  /// all the rest of a small image's features.
  var nearestDouble: Double {
    let shift = 64 - leadingZeroBitCount
    guard shift > 0 else { return Double(UInt64(truncatingIfNeeded: self)) }
    // The 64 leading bits, with one more bit of knowledge: whether anything below them is set.
    let leading = UInt64(truncatingIfNeeded: self >> UInt128(shift))
    let rest = self & (1 << UInt128(shift) - 1)
    return Double(sign: .plus, exponent: shift, significand: Double(rest == 0 ? leading : leading | 1))
  }
}
