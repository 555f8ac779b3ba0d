import Glibc

/// The few functions that limit laws and intervals need, accurate to 1e-10 relative or better where tested.
package enum SpecialFunctions {
  /// The regularized upper incomplete gamma function Q(a, x), for a > 0 and x >= 0. Range: [0, 1].
  ///
  /// *Source*: Abramowitz and Stegun 6.5.29 (series) and 6.5.31 (continued fraction, evaluated by Lentz's method).
  package static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
  }

  private static func lowerSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var n = a
    while term.magnitude > sum.magnitude * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return sum * exp(a * log(x) - x - lgamma(a))
  }

  private static func upperFraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var c = Double.greatestFiniteMagnitude
    var d = 1 / b
    var product = d
    for step in 1...100_000 {
      let i = Double(step)
      let an = -i * (i - a)
      b += 2
      d = 1 / nonzero(an * d + b)
      c = nonzero(b + an / c)
      let factor = c * d
      product *= factor
      if (factor - 1).magnitude < 1e-16 { break }
    }
    return product * exp(a * log(x) - x - lgamma(a))
  }

  private static func nonzero(_ x: Double) -> Double { x.magnitude < 1e-300 ? 1e-300 : x }

  /// P(K > x) of Kolmogorov's distribution. Range: [0, 1].
  ///
  /// *Source*: Kolmogorov 1933; below 1.18 the theta function's other series, which converges faster there.
  package static func kolmogorov(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    if x < 1.18 {
      let y = exp(-1.233_700_550_136_169_8 / (x * x))  // pi^2 / 8
      let powers = y + pow(y, 9) + pow(y, 25) + pow(y, 49)
      return max(0, 1 - 2.506_628_274_631_000_5 / x * powers)  // sqrt(2 pi)
    }
    let y = exp(-2 * x * x)
    return min(1, max(0, 2 * (y - pow(y, 4) + pow(y, 9) - pow(y, 16))))
  }

  /// The regularized incomplete beta function I_x(a, b), for a, b > 0 and x in [0, 1]. Range: [0, 1].
  ///
  /// *Source*: DLMF 8.17.22, by Lentz's method.
  package static func beta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return x < (a + 1) / (a + b + 2)
      ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b
  }

  private static func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var product = d
    for step in 1...100_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      product *= c * d
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      let factor = c * d
      product *= factor
      if (factor - 1).magnitude < 1e-16 { break }
    }
    return product
  }
}
