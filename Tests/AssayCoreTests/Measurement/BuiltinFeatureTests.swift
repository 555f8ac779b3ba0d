import AssayCore
import Testing

struct BuiltinFeatureTests {
  @Test func namesAreUnique() {
    #expect(Set(BuiltinFeature.definitions.map(\.name)).count == BuiltinFeature.allCases.count)
  }
}
