import AssayPlugins
import Testing

@Suite("Every first-party comparator keeps the contract")
struct FirstPartyConformanceTests {
  static let ids = [
    "org.assay.chi-square/1", "org.assay.cramers-v/1", "org.assay.cvm/1", "org.assay.js/1", "org.assay.kl/1",
    "org.assay.ks/1", "org.assay.l-infinity/1", "org.assay.missing-rate/1", "org.assay.new-category/1",
    "org.assay.psi/1", "org.assay.tv/1", "org.assay.wasserstein-iqr/1", "org.assay.wasserstein/1",
  ]

  static func conformance(_ id: String) throws -> ComparatorConformance {
    let plugin = try FirstParty.plugin(id)
    return ComparatorConformance(
      plugin: plugin, comparator: try #require(plugin.comparator), compare: { try FirstParty.compare(id, $0) }
    )
  }

  @Test func theseAreAllOfThem() throws {
    #expect(try FirstParty.comparators().map(\.id).sorted() == Self.ids)
  }

  @Test(arguments: ids) func batchRowsEqualSingleRows(id: String) throws {
    #expect(try Self.conformance(id).batchRowsEqualSingleRows(seed: 1) == [])
  }

  @Test(arguments: ids) func permutingCategoriesChangesNothing(id: String) throws {
    #expect(try Self.conformance(id).permutingCategoriesChangesNothing(seed: 2) == [])
  }

  @Test(arguments: ids) func identicalSidesGiveTheLeast(id: String) throws {
    #expect(try Self.conformance(id).identicalSidesGiveTheLeast() == [])
  }

  @Test(arguments: ids) func answersAreInRange(id: String) throws {
    #expect(try Self.conformance(id).answersAreInRange(seed: 3) == [])
  }

  @Test(arguments: ids) func anEmptySideIsNotApplicable(id: String) throws {
    #expect(try Self.conformance(id).anEmptySideIsNotApplicable() == [])
  }

  @Test(arguments: ids) func oneBinGivesTheLeast(id: String) throws {
    #expect(try Self.conformance(id).oneBinGivesTheLeast() == [])
  }

  @Test(arguments: ids) func largeCountsAreNoTrouble(id: String) throws {
    #expect(try Self.conformance(id).largeCountsAreNoTrouble() == [])
  }

  @Test(arguments: ids) func itsSourceAndSummaryAreWritten(id: String) throws {
    let plugin = try FirstParty.plugin(id)
    #expect(plugin.summary.count > 40 && plugin.comparator?.source.isEmpty == false)
  }
}
