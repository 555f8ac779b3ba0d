import AssayCore
import AssayPlugins
import Testing

@Suite("Statistics against 40-digit values")
struct DivergenceVectorTests {
  /// One value of the vectors: which comparator gives it, with which parameters, and whether the sides are exchanged.
  struct Statistic: Sendable, CustomTestStringConvertible {
    var name: String
    var comparator: String
    var parameters: [Double]?
    var isSwapped = false
    var testDescription: String { name }
  }

  static let statistics = [
    Statistic(name: "kl_current_reference_jeffreys", comparator: "org.assay.kl"),
    Statistic(name: "kl_reference_current_jeffreys", comparator: "org.assay.kl", isSwapped: true),
    Statistic(name: "js_distance_nats", comparator: "org.assay.js"),
    Statistic(name: "tv", comparator: "org.assay.tv"),
    Statistic(name: "linf", comparator: "org.assay.l-infinity"),
    Statistic(name: "psi_floor_1e-4", comparator: "org.assay.psi"),
    Statistic(name: "psi_deepchecks_floor_0.01", comparator: "org.assay.psi", parameters: [0.01]),
    Statistic(name: "ks_binned", comparator: "org.assay.ks"),
    Statistic(name: "w1_unit_spacing", comparator: "org.assay.wasserstein"),
    Statistic(name: "cvm_binned_T", comparator: "org.assay.cvm"),
    Statistic(name: "chi2", comparator: "org.assay.chi-square"),
    Statistic(name: "cramers_v_bias_corrected", comparator: "org.assay.cramers-v"),
  ]

  @Test(arguments: statistics) func everyCaseAgrees(statistic: Statistic) throws {
    let cases = try Vectors.cases("divergences_counts")
    #expect(cases.count == 12)
    for vector in cases {
      let (reference, current) = (vector.counts("reference"), vector.counts("current"))
      let expected = try #require(vector["values"]).number(statistic.name)
      let counts = statistic.isSwapped ? ordered(current, reference) : ordered(reference, current)
      let found = try FirstParty.statistics(statistic.comparator, counts, parameters: statistic.parameters)
      #expect(
        found.count == 1 && agree(found[0], expected),
        "\(vector["name"]?.string ?? "?"): \(found), expected \(expected)")
    }
  }
}
