import AssayEngine
import AssayIngest
import AssayPlugins
import Foundation
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
    let comparators = try FirstParty.comparators()
    #expect(comparators.filter { $0.comparator?.input == .counts }.map(\.id).sorted() == Self.ids)
    #expect(comparators.filter { $0.comparator?.input == .samples }.map(\.id) == ["org.assay.mmd/1"])
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

@Suite("A comparator written with the kit keeps the contract")
struct KitConformanceTests {
  private let folder: String
  private let conformance: ComparatorConformance

  init() throws {
    folder = NSTemporaryDirectory() + "assay-kit-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(ExecutableFolder.path)/libAssayTestPluginKitExample.so",
      toPath: "\(folder)/libAssayPluginKitExample.so")
    let host = try ComparatorHost(registry: PluginRegistry(folders: [folder]), isolation: .process)
    try FileManager.default.removeItem(atPath: folder)
    let plugin = try #require(host.plugin("com.example.hellinger/1"))
    conformance = ComparatorConformance(
      plugin: plugin, comparator: try #require(plugin.comparator),
      compare: { try host.compare(ComparisonRequest(id: plugin.id, parameters: [], counts: $0)) })
  }

  @Test func batchRowsEqualSingleRows() throws {
    #expect(try conformance.batchRowsEqualSingleRows(seed: 1) == [])
  }

  @Test func permutingCategoriesChangesNothing() throws {
    #expect(try conformance.permutingCategoriesChangesNothing(seed: 2) == [])
  }

  @Test func answersAreInRange() throws {
    #expect(try conformance.answersAreInRange(seed: 3) == [])
  }

  @Test func anEmptySideIsNotApplicable() throws {
    #expect(try conformance.anEmptySideIsNotApplicable() == [])
  }

  @Test func largeCountsAreNoTrouble() throws {
    #expect(try conformance.largeCountsAreNoTrouble() == [])
  }
}
