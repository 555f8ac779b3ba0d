import Glibc

/// Bytes that are read only after their bounds were checked: a read past the end is nil, never a trap.
///
/// Valid no longer than the memory it looks at.
struct ByteView {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// The byte at that offset.
  func byte(_ offset: Int) -> Int? {
    offset >= 0 && offset < bytes.count ? Int(bytes[offset]) : nil
  }

  /// Two bytes, most significant first unless said.
  func word(_ offset: Int, littleEndian: Bool = false) -> Int? {
    guard offset >= 0, offset <= bytes.count - 2 else { return nil }
    let first = Int(bytes[offset]), second = Int(bytes[offset + 1])
    return littleEndian ? second << 8 | first : first << 8 | second
  }

  /// Four bytes, most significant first unless said; `0 ..< 2^32`.
  func long(_ offset: Int, littleEndian: Bool = false) -> Int? {
    guard let first = word(offset, littleEndian: littleEndian),
      let second = word(offset + 2, littleEndian: littleEndian)
    else { return nil }
    return littleEndian ? second << 16 | first : first << 16 | second
  }

  /// The part of `range` that is there.
  func clamped(_ range: Range<Int>) -> ByteView {
    let lower = min(max(range.lowerBound, 0), bytes.count)
    let upper = min(max(range.upperBound, lower), bytes.count)
    return ByteView(UnsafeRawBufferPointer(rebasing: bytes[lower..<upper]))
  }

  /// What follows the first `offset` bytes; empty where there are not so many.
  func dropping(_ offset: Int) -> ByteView {
    ByteView(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(offset)))
  }

  /// All of `range`, or nil where a part of it is missing.
  func part(_ range: Range<Int>) -> ByteView? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    return clamped(range)
  }

  /// Whether the bytes at that offset are these.
  func hasBytes(_ expected: StaticString, at offset: Int = 0) -> Bool {
    guard offset >= 0, expected.utf8CodeUnitCount <= bytes.count - offset else { return false }
    let wanted = UnsafeRawBufferPointer(start: expected.utf8Start, count: expected.utf8CodeUnitCount)
    for (index, byte) in wanted.enumerated() where bytes[offset + index] != byte { return false }
    return true
  }

  /// The offset of the first such byte at or after `start`.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start >= 0, start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  var isAllZero: Bool { bytes.allSatisfy { $0 == 0 } }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { body(bytes) }
}
