import AssayCore
import AssayTestSupport
import Testing

struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", Int64(0)), ("2000-02-29T12:30:15Z", 951_827_415),
    ("2026-11-21T01:54:55+02:00", 1_795_218_895),
    ("1969-12-31T23:59:59Z", -1), ("2026-11-21T01:54:55.75Z", 1_795_226_095),
    ("0000-03-01T00:00:00Z", -62_162_035_200),
    ("2016-12-31T23:59:60Z", 1_483_228_799), ("1999-12-31t23:00:00-01:00", 946_684_800),
  ])
  func momentsAreSecondsSince1970(text: String, seconds: Int64) {
    #expect(Timestamp(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "2026-11-21", "2026-11-21 01:54:55Z", "2026-11-21T01:54:55", "2026-13-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00ZZ", "2026-01-01T00:00:00+0200", "2026-01-01T00:60:00Z",
    "1700000000", "",
    "２026-01-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T00:00:00+24:00",
  ])
  func otherShapesAreNoMoments(text: String) { #expect(Timestamp(text) == nil) }

  @Test func everyMomentIsReadBackFromItsText() {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      let seconds = Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator)
      #expect(Timestamp(Timestamp(seconds: seconds).description)?.seconds == seconds)
    }
  }
}
