import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

struct DigestTableTests {
  /// One byte of memory sends every digest to the temporary file.
  @Test(arguments: [1, 1 << 16, 1 << 30])
  func answersLikeASet(memoryLimit: Int) throws {
    let table = try DigestTable(memoryLimit: memoryLimit)
    var random = SplitMix64(seed: 11)
    var set: Set<Digest128> = []
    for _ in 0..<60_000 {
      // Few low bits: about one in four has been there before.
      let digest = Digest128(high: random.next() & 0xFFFF, low: random.next() & 1)
      #expect(try table.insert(digest) == set.insert(digest).inserted)
    }
  }

  @Test func digestsThatBeginAlikeStayApart() throws {
    let table = try DigestTable(memoryLimit: 1 << 20)
    for low in 0..<20_000 { #expect(try table.insert(Digest128(high: .max, low: UInt64(low)))) }
    for low in 0..<20_000 { #expect(try !table.insert(Digest128(high: .max, low: UInt64(low)))) }
  }

  @Test func theZeroDigestIsOneOfThem() throws {
    let table = try DigestTable(memoryLimit: 1 << 20)
    #expect(try table.insert(Digest128(high: 0, low: 0)))
    #expect(try !table.insert(Digest128(high: 0, low: 0)))
  }
}
