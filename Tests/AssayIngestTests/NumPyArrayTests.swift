import Testing

@testable import AssayIngest

@Suite("Vectors in NumPy's format")
struct NumPyArrayTests {
  /// A file as `numpy.save` writes it: the header is filled with blanks to a multiple of 64 bytes.
  static func file(_ type: String, shape: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let text = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }".utf8)
    let start = version == 1 ? 10 : 12
    let blanks = 63 - (start + text.count) % 64
    let length = text.count + blanks + 1
    let size = (0..<start - 8).map { UInt8(length >> (8 * $0) & 255) }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + text + Array(repeating: 32, count: blanks)
      + [10] + data
  }

  private func parse(_ bytes: [UInt8]) -> NumPyArray.Parsed { bytes.withUnsafeBytes(NumPyArray.parse) }

  private static func bytes<Number>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }

  @Test func singlePrecisionIsRead() {
    #expect(
      parse(Self.file("<f4", shape: "(3,)", Self.bytes([1.5, -2, 0] as [Float]))) == .vector([1.5, -2, 0]))
  }

  @Test func bytesInTheOtherOrderAreRead() {
    let data = Self.bytes([(1.25).bitPattern.bigEndian, (-3.0).bitPattern.bigEndian])
    #expect(parse(Self.file(">f8", shape: "(2,)", data)) == .vector([1.25, -3]))
  }

  @Test(arguments: [
    (0x3C00, 1.0), (0xC000, -2), (0x0001, 0x1p-24), (0x7BFF, 65504), (0x3555, 0.333251953125),
  ])
  func halfPrecisionIsRead(bits: Int, value: Double) {
    let data = Self.bytes([UInt16(bits)])
    #expect(parse(Self.file("<f2", shape: "(1,)", data)) == .vector([value]))
  }

  @Test func integersKeepTheirSign() {
    #expect(parse(Self.file("|i1", shape: "(2,)", [255, 127])) == .vector([-1, 127]))
    #expect(parse(Self.file("|u1", shape: "(2,)", [255, 127])) == .vector([255, 127]))
    #expect(parse(Self.file("<i8", shape: "(1,)", Self.bytes([Int64(-7)]))) == .vector([-7]))
  }

  @Test func oneRowIsAVector() {
    #expect(parse(Self.file("|u1", shape: "(1, 2)", [3, 4], version: 2)) == .vector([3, 4]))
  }

  @Test(arguments: [
    (file("|u1", shape: "(2, 2)", [1, 2, 3, 4]), "one vector"),
    (file("|O", shape: "(2,)", [1, 2]), "expected numbers, found |O"),
    (file("<f4", shape: "(2,)", [1, 2, 3, 4]), "expected 2 numbers of 4 bytes, found 4 bytes"),
    (file("<f4", shape: "(0,)", []), "one vector"), (file("<f4", shape: "(-1,)", []), "one vector"),
    (file("<f4", shape: "(99999999999999999999,)", []), "one vector"),
    (Array("no array at all".utf8), "other bytes"), ([], "other bytes"),
    (Array(file("<f4", shape: "(2,)", []).prefix(20)), "longer than the file"),
  ])
  func whatIsNoVectorIsRefusedWithItsReason(bytes: [UInt8], reason: String) {
    guard case .malformed(let found) = parse(bytes) else {
      Issue.record("was read")
      return
    }
    #expect(found.contains(reason))
  }

  @Test func noBytesMakeItTrap() {
    let whole = Self.file("<f4", shape: "(2,)", Self.bytes([1, 2] as [Float]))
    for end in whole.indices {
      for byte: UInt8 in [0, 0x27, 0x29, 0xFF] {
        var bytes = Array(whole.prefix(end + 1))
        bytes[end] = byte
        _ = parse(bytes)
      }
    }
  }
}
