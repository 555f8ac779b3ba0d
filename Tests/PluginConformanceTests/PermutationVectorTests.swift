import AssayCore
import AssayEngine
import AssayPlugins
import Testing

@Suite("Permutation p-values of the first-party comparators")
struct PermutationVectorTests {
  /// Vectors' names for comparators, and whether bins are ordered.
  static let comparators = [
    ("tv", "org.assay.tv", false), ("chi2", "org.assay.chi-square", false), ("ks", "org.assay.ks", true),
    ("kl_cur_ref", "org.assay.kl", false), ("js_divergence", "org.assay.js", false),
  ]

  /// The p-value of `draws` exchanges of labels.
  static func p(_ comparator: String, _ counts: ComparisonCounts, draws: Int) throws -> Double {
    let plugin = try FirstParty.plugin(comparator)
    func ask(_ counts: ComparisonCounts) throws -> [Double] {
      guard case .statistics(let values) = try FirstParty.compare(plugin.id, counts) else { return [] }
      return values
    }
    let observed = try #require(try ask(counts).first)
    var test = PermutationTest(observed: observed, largerIsDrift: true)
    var permuted = PermutedCounts(
      reference: counts.reference, current: counts.current, ResampleGenerator(seed: 42))
    let drawn = permuted.draw(draws)
    test.add(
      try ask(
        ComparisonCounts(
          reference: drawn.reference, current: drawn.current, edges: counts.edges, centers: counts.centers,
          bins: counts.bins)))
    return test.p
  }

  @Test(arguments: comparators)
  func theyAgreeWithEnumeration(name: String, comparator: String, isOrdered: Bool) throws {
    for vector in try Vectors.cases("permutation_exact") {
      func counts(_ side: String) throws -> [Int64] {
        try #require(vector[side]?.array).map { Int64(try #require($0.number)) }
      }
      let (reference, current) = (try counts("reference"), try counts("current"))
      let expected = try #require(vector["p"]?[name]?.number)
      let sides =
        isOrdered ? ordered(reference, current) : ComparisonCounts(reference: reference, current: current)
      let draws = 20_000
      let found = try Self.p(comparator, sides, draws: draws)
      let slack = 4 * (expected * (1 - expected) / Double(draws)).squareRoot() + 1 / Double(draws)
      #expect(abs(found - expected) <= slack, "\(reference) against \(current): \(found), \(expected)")
    }
  }
}
