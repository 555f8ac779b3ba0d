/// Rounds numbers for reports.
package enum SignificantDigits {
  /// The decimal number of that many significant digits that is nearest to `value`, as a Double.
  ///
  /// Only multiplications and divisions by powers of ten: the same on every machine.
  package static func rounded(_ value: Double, to digits: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var scale = 1.0
    var limit = 1.0
    for _ in 0..<digits { limit *= 10 }
    let magnitude = abs(value)
    while magnitude * scale < limit / 10, scale < 1e300 { scale *= 10 }
    while magnitude * scale >= limit, scale > 1e-300 { scale /= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded.isFinite ? rounded : value
  }
}
