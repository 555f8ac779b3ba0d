import AssayCore
import Testing

struct SipHashTests {
  /// SipHash-1-3 of the bytes 0, 1, ... n - 1 under the key 0, 1, ... 15, from a separate Python implementation that
  /// gives the SipHash-2-4 example of the paper's appendix A (a129ca6149be45e5) with two and four rounds.
  private static let vectors: [(count: Int, hash: UInt64)] = [
    (0, 0xabac_0158_050f_c4dc), (1, 0xc9f4_9bf3_7d57_ca93), (2, 0x82cb_9b02_4dc7_d44d),
    (3, 0x8bf8_0ab8_e7dd_f7fb), (4, 0xcf75_5760_88d3_8328), (7, 0xd392_7d98_9bb1_1140),
    (8, 0x3690_9511_8d29_9a8e), (9, 0x25a4_8eb3_6c06_3de4), (15, 0xd320_d86d_2a51_9956),
    (16, 0xcc4f_dd1a_7d90_8b66), (17, 0x9cf2_6890_63db_d80c), (63, 0x9d19_9062_b7bb_b3a8),
  ]
  private let hasher = SipHash(key: HashKey(bytes: Array(0..<16)))

  @Test(arguments: vectors) func hashEqualsTheReference(count: Int, hash: UInt64) {
    #expect(hasher.hash(Array(0..<UInt8(count))) == hash)
  }

  @Test func aWordHashesAsItsBytes() {
    #expect(hasher.hash(word: 0x0706_0504_0302_0100) == hasher.hash(Array(0..<8)))
  }

  @Test func aTextHashesAsItsUTF8() {
    #expect(hasher.hash(text: "é😀 and more") == hasher.hash(Array("é😀 and more".utf8)))
  }

  @Test func keysHaveDifferentIds() {
    #expect(HashKey.published.id != HashKey(bytes: Array(0..<16)).id)
  }
}
