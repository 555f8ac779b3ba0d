import Testing

@testable import AssayRules

struct SipHash128Tests {
  /// From the reference implementation's `vectors_sip128`: key 00...0f, input 00, 01 ... of that length.
  @Test(arguments: [
    (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
    (2, "8177228da4a45dc7fca38bdef60affe4"),
  ])
  func agreesWithTheReference(count: Int, expected: String) {
    let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    let hash = SipHash128.hash((0..<count).map { UInt8($0) }, key: key)
    func hexadecimal(_ word: UInt64) -> String {
      let swapped = String(word.byteSwapped, radix: 16)
      return String(repeating: "0", count: 16 - swapped.count) + swapped
    }
    #expect(hexadecimal(hash.low) + hexadecimal(hash.high) == expected)
  }
}
