import AssayCore
import Testing

struct ReasonCodeTests {
  @Test(arguments: ReasonCode.allCases) func everyCodeIsOneStableWord(code: ReasonCode) {
    #expect(code.rawValue.wholeMatch(of: /(decode|entry|limit|source)\.[a-z-]+/) != nil)
  }

  @Test func everyMeaningIsItsOwn() {
    #expect(Set(ReasonCode.allCases.map(\.meaning)).count == ReasonCode.allCases.count)
  }
}
