import AssayEngine
import Testing

struct ProgressLineTests {
  @Test(
    arguments: [
      (0.5, "1000 records, 100/s, 3 rejected, 50 %, 10 s left"),
      (0.01, "1000 records, 100/s, 3 rejected, 1 %, 17 min left"),
      (1, "1000 records, 100/s, 3 rejected, 100 %, 0 s left"),
      (0.009, "1000 records, 100/s, 3 rejected"),
      (nil, "1000 records, 100/s, 3 rejected"),
    ] as [(Double?, String)])
  func theRestIsSaidWhereTheShareIsKnown(share: Double?, line: String) {
    #expect(ProgressLine.line(count: 1000, rejected: 3, seconds: 10, share: share) == line)
  }

  @Test func theShareIsOfAllBytes() {
    let half = SourceExtent(read: 50, total: 100)
    #expect(SourceExtent.share(of: [half, SourceExtent(read: 0, total: 100)]) == 0.25)
    #expect(SourceExtent.share(of: [half.atEnd, .nothing]) == 1)
  }

  @Test func oneSourceOfUnknownSizeHidesTheShare() {
    #expect(SourceExtent.share(of: [SourceExtent(read: 50, total: 100), nil]) == nil)
    #expect(SourceExtent.share(of: []) == nil)
  }

  @Test func longRunsAreSaidInHours() {
    #expect(ProgressLine.line(count: 0, rejected: 0, seconds: 600, share: 0.05).hasSuffix("3 h 10 min left"))
  }
}
