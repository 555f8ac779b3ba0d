import AssayCore
import Testing

struct HexTests {
  @Test func everyByteReadsBack() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Hex.decode(Hex.encode(bytes: bytes)) == bytes)
    #expect(Hex.encode(bytes: [0x0F, 0xA0]) == "0fa0")
  }

  @Test(arguments: ["0", "0g", "g0", "A0", "/0", ":0", "`0", " 0", "é"])
  func anythingElseIsRefused(text: String) {
    #expect(Hex.decode(text) == nil)
  }
}
