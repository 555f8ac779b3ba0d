import AssayCore
import Testing

@Suite("How many of several sets have to alarm")
struct AlarmRuleTests {
  @Test(arguments: [
    "", "2", "2 of", "0 of 3", "4 of 3", "2 in 3", "two of 3", "-1 of 3", "1 of 9999", "2 of 3 days",
  ])
  func anythingElseIsRefused(text: String) { #expect(AlarmRule(text) == nil) }

  @Test func spacesAreNotKept() { #expect(AlarmRule("2  of   3")?.text == "2 of 3") }

  @Test(arguments: [
    ("1 of 1", [false, true], 1), ("2 of 3", [true, false, true], 2), ("2 of 2", [true, false, true], nil),
    ("2 of 3", [true, false, false, true], nil), ("2 of 3", [false, false, true, true], 3),
    ("2 of 3", [true], nil), ("2 of 3", [true, true], 1), ("1 of 5", [], nil),
  ])
  func anyRowOfThatManyCounts(rule: String, alarms: [Bool], place: Int?) throws {
    #expect(try #require(AlarmRule(rule)).firstAlarm(alarms) == place)
  }
}
