import AssayCore
import AssayTestSupport
import Testing

@Suite("Special functions and corrections, against their vectors")
struct CalibrationVectorTests {
  /// The rows of one table: arguments, and the value last.
  static func rows(_ name: String) throws -> [[Double]] {
    let table = try #require(try Vectors.load("special_functions")[name]?.array)
    return try table.map { try #require($0.array).map { try #require($0.number) } }
  }

  static func agree(_ found: Double, _ expected: Double) -> Bool {
    abs(found - expected) <= 1e-9 * max(abs(expected), 1e-12)
  }

  @Test func upperGammaIsExact() throws {
    for row in try Self.rows("gammaincc") {
      let found = SpecialFunctions.upperGamma(row[0], row[1])
      #expect(Self.agree(found, row[2]), "Q(\(row[0]), \(row[1])): \(found), \(row[2])")
    }
  }

  @Test func kolmogorovIsExact() throws {
    for row in try Self.rows("kolmogorov_sf") {
      let found = SpecialFunctions.kolmogorov(row[0])
      #expect(Self.agree(found, row[1]), "K(\(row[0])): \(found), \(row[1])")
    }
  }

  @Test func betaIsExact() throws {
    for row in try Self.rows("betainc") {
      let found = SpecialFunctions.beta(row[0], row[1], row[2])
      #expect(Self.agree(found, row[3]), "I(\(row)): \(found)")
    }
  }

  @Test func stephensIsExact() throws {
    for vector in try #require(try Vectors.load("ks_cvm_exact")["cases"]?.array) {
      let n = Int64(try #require(vector["n"]?.number)), m = Int64(try #require(vector["m"]?.number))
      let found = NullLaw.kolmogorov(try #require(vector["d"]?.number), n, m)
      let expected = try #require(vector["p_stephens"]?.number)
      #expect(Self.agree(found, min(1, expected)), "n \(n), m \(m): \(found), \(expected)")
    }
  }

  @Test(arguments: [
    ("p", "adjusted_bh", DriftFamily.Correction.benjaminiHochberg),
    ("p", "adjusted_by", .benjaminiYekutieli), ("ties", "ties_adjusted_bh", .benjaminiHochberg),
  ])
  func correctionsAreExact(p: String, adjusted: String, correction: DriftFamily.Correction) throws {
    let vectors = try Vectors.load("bh")
    func numbers(_ name: String) throws -> [Double] {
      try #require(vectors[name]?.array).map { try #require($0.number) }
    }
    let found = FamilyCorrection.adjusted(try numbers(p), correction)
    for (found, expected) in zip(found, try numbers(adjusted)) { #expect(Self.agree(found, expected)) }
  }
}
