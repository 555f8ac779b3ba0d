import AssayCore
import Testing

struct CountedTextTests {
  @Test(arguments: [(0, "0 records"), (1, "1 record"), (2, "2 records")])
  func oneHasNoPlural(number: Int, text: String) {
    #expect(counted(number, "record") == text)
    #expect(Limit.records(number).description == text)
  }

  @Test(arguments: [
    (Bounds(min: 1), "at least 1 record"), (Bounds(min: 2), "at least 2 records"),
    (Bounds(min: 1, max: 1), "1 record"), (Bounds(min: 0, max: 5), "0 to 5 records"),
  ])
  func norHaveBoundsThatEndWithIt(bounds: Bounds, text: String) {
    #expect(SetCheck.recordCount(bounds).expectation == text)
  }
}
