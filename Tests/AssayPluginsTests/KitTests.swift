import AssayEngine
import AssayPlugins
import Testing

@Suite("Plugins written in Swift")
struct KitTests {
  @Test func threeKindsAreLoadedAndListed() throws {
    let host = try RegistryFolder("KitExample").host()
    #expect(host.plugins.map(\.kind) == [.comparator, .measurement, .invariant])
  }

  @Test func aComparatorAnswersThroughTheRealPath() throws {
    let host = try RegistryFolder("KitExample").host()
    let request = ComparisonRequest(
      id: "com.example.hellinger/1", parameters: [],
      counts: ComparisonCounts(reference: [1, 1, 0], current: [1, 1, 0, 0, 0, 5]))
    #expect(try host.compare(request) == .statistics([0, 1]))
  }

  @Test func anEmptySideIsNotApplicable() throws {
    let host = try RegistryFolder("KitExample").host()
    let request = ComparisonRequest(
      id: "com.example.hellinger/1", parameters: [],
      counts: ComparisonCounts(reference: [1, 1], current: [0, 0]))
    #expect(try host.compare(request) == .notApplicable("a side is empty"))
  }

  @Test func aMeasurementDeclaresItsOutputs() throws {
    let host = try RegistryFolder("KitExample").host()
    let outputs = host.plugin("com.example.aspect-ratio")?.recordPlugin?.outputs
    #expect(outputs?.map(\.name) == ["ratio", "orientation"])
    #expect(outputs?.map(\.kind) == [.real, .text])
  }

  @Test func anInvariantDeclaresItsNeedsAndParameters() throws {
    let host = try RegistryFolder("KitExample").host()
    let plugin = host.plugin("com.example.short-label")
    #expect(plugin?.recordPlugin?.needsFields == true)
    #expect(plugin?.recordPlugin?.needsPixels == false)
    #expect(plugin?.parameters.map(\.standard) == [20])
  }
}
