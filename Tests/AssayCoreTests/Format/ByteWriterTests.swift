import AssayCore
import AssayTestSupport
import Testing

struct ByteWriterTests {
  @Test(arguments: [UInt64(0), 1, 127, 128, 300, 1 << 35, .max - 1, .max])
  func varintsReadBack(value: UInt64) throws {
    var writer = ByteWriter()
    writer.varint(value)
    #expect(try ByteReader.read(writer.bytes) { (reader) throws(WireError) in try reader.varint() } == value)
  }

  @Test(arguments: [Int64(0), -1, 1, -64, 64, .min, .max])
  func signedVarintsReadBack(value: Int64) throws {
    var writer = ByteWriter()
    writer.signedVarint(value)
    #expect(
      try ByteReader.read(writer.bytes) { (reader) throws(WireError) in try reader.signedVarint() } == value)
  }

  @Test(arguments: [
    [0x80, 0x00], [0x80], [], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
    [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  ]) func oddVarintsAreRefused(bytes: [UInt8]) {
    #expect(throws: WireError.self) {
      try ByteReader.read(bytes) { (reader) throws(WireError) in try reader.varint() }
    }
  }

  @Test func aLengthBeyondTheBytesIsRefused() {
    #expect(throws: WireError.self) {
      try ByteReader.read([0xFF, 0xFF, 0x7F, 1, 2]) { (reader) throws(WireError) in try reader.blob() }
    }
  }

  @Test(arguments: [[], [0], [0, 0, 0], [1, 0, 0, 2], [0, 5, 0], [UInt32.max, 0]] as [[UInt32]])
  func sparseVarintsReadBack(values: [UInt32]) throws {
    let text = Base64Varint.encode(values)
    #expect(try Base64Varint.decode(text, maximumCount: 10) == values)
  }

  @Test func sparseVarintsAreBounded() {
    let text = Base64Varint.encode([UInt32](repeating: 0, count: 1000))
    #expect(throws: WireError.self) { try Base64Varint.decode(text, maximumCount: 999, as: UInt32.self) }
  }

  @Test(
    arguments: [
      ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
      ([0x66, 0x6F, 0x6F, 0x62], "Zm9vYg=="), ([0xFB, 0xFF], "+/8="),
    ] as [([UInt8], String)])
  func base64MatchesRFC4648(bytes: [UInt8], text: String) {
    #expect(Base64.encode(bytes) == text)
    #expect(Base64.decode(text) == bytes)
  }

  @Test(arguments: ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zm-v"])
  func base64OfNothingIsRefused(text: String) {
    #expect(Base64.decode(text) == nil)
  }
}
