import AssayCore
import Testing

/// Names that are not UTF-8, as text.
struct EscapedBytesTests {
  @Test(arguments: [
    (Array("a/ü.jpg".utf8), "a/ü.jpg"), ([0x61, 0xFF, 0x2E], #"a\xFF."#), ([0xC3], #"\xC3"#),
    ([0xE2, 0x82, 0xAC, 0xE2, 0x82], #"€\xE2\x82"#), (Array(#"a\b"#.utf8), #"a\b"#),
    (Array(#"\xFF"#.utf8), #"\x5CxFF"#), ([0x5C, 0x78, 0x34, 0xFF], #"\x4\xFF"#),
  ])
  func everyNameHasATextOfItsOwn(name: [UInt8], text: String) {
    #expect(EscapedBytes.text(name) == text)
    #expect(EscapedBytes.bytes(text) == name)
  }
}
