import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

struct ExactSetTests {
  private static func sorted(_ set: ExactSet<Digest80>) throws -> [Digest80] {
    var all: [Digest80] = []
    try set.forEachRun { all += $0 }
    return all
  }

  /// One byte of memory sends every digest to the temporary file.
  @Test(arguments: [1, 1 << 16, 1 << 30])
  func answersLikeASet(memoryLimit: Int) throws {
    let table = try ExactSet<Digest80>(IndexMemory(limit: memoryLimit))
    var random = SplitMix64(seed: 11)
    var set: Set<Digest80> = []
    for _ in 0..<60_000 {
      // Few low bits: about one in four has been there before.
      let digest = Digest80(high: random.next() << 48, low: random.next() << 63)
      #expect(try table.insert(digest) == set.insert(digest).inserted)
    }
    #expect(try Self.sorted(table) == set.sorted())
  }

  @Test func digestsThatBeginAlikeStayApart() throws {
    let table = try ExactSet<Digest80>(IndexMemory(limit: 1 << 20))
    let digests = (0..<UInt64(600)).map { Digest80(high: .max, low: $0 << 48) }
    for digest in digests { #expect(try table.insert(digest)) }
    for digest in digests { #expect(try !table.insert(digest)) }
    // All of them went past the end of the table.
    #expect(try Self.sorted(table) == digests)
  }

  @Test func zeroIsAnElement() throws {
    let table = try ExactSet<Digest80>(IndexMemory(limit: 1 << 20))
    #expect(try table.insert(.zero))
    #expect(try !table.insert(.zero))
    #expect(try Self.sorted(table) == [.zero])
  }

  @Test func setsShareTheMemoryAndGiveItBack() throws {
    let memory = IndexMemory(limit: 1 << 20)
    for _ in 0..<3 {
      let sets = try (0..<4).map { _ in try ExactSet<UInt64>(memory) }
      for value in 1...40_000 {
        for set in sets { _ = try set.insert(UInt64(value) &* 0x9E37_79B9_7F4A_7C15) }
      }
      #expect(sets.allSatisfy { $0.count == 40_000 })
    }
    #expect(memory.used == 0)
  }
}
