/// Reads what `ByteWriter` wrote, and trusts none of it: every length is checked against the bytes that are
/// left before anything is allocated, and only the one canonical spelling of a number is accepted.
///
/// The reader borrows its bytes: it must not outlive the closure it was given in.
package struct ByteReader {
  private let buffer: UnsafeRawBufferPointer
  /// The offset of the next byte.
  package private(set) var byteOffset = 0

  package init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }

  /// Reads the whole of `bytes` with `body`; any byte that it leaves is an error.
  package static func read<Result>(
    _ bytes: [UInt8], _ body: (inout ByteReader) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in
      var reader = ByteReader(UnsafeRawBufferPointer(buffer))
      let result = try body(&reader)
      try reader.finish()
      return result
    }
  }

  /// The number of bytes that are left.
  package var remainingCount: Int { buffer.count - byteOffset }

  /// An error at the reader's position.
  package func error(_ message: String) -> WireError { WireError(message, at: byteOffset) }

  /// Checks that nothing is left.
  package func finish() throws(WireError) {
    if remainingCount > 0 { throw error("expected the end, found \(remainingCount) more bytes") }
  }

  package mutating func byte() throws(WireError) -> UInt8 {
    guard remainingCount > 0 else { throw error("expected a byte, found the end") }
    defer { byteOffset += 1 }
    return buffer[byteOffset]
  }

  package mutating func boolean() throws(WireError) -> Bool {
    switch try byte() {
    case 0: return false
    case 1: return true
    case let other: throw WireError("expected 0 or 1, found \(other)", at: byteOffset - 1)
    }
  }

  /// Reads a little-endian number.
  package mutating func fixed<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type = Number.self
  ) throws(WireError) -> Number {
    let size = MemoryLayout<Number>.size
    guard remainingCount >= size else { throw error("expected \(size) bytes, found \(remainingCount)") }
    defer { byteOffset += size }
    return Number(littleEndian: buffer.loadUnaligned(fromByteOffset: byteOffset, as: Number.self))
  }

  package mutating func real() throws(WireError) -> Double { Double(bitPattern: try fixed()) }

  /// Reads a varint of at most 64 bits in its shortest spelling.
  @inline(__always)
  package mutating func varint() throws(WireError) -> UInt64 {
    if byteOffset < buffer.count, buffer[byteOffset] < 0x80 {
      defer { byteOffset += 1 }
      return UInt64(buffer[byteOffset])
    }
    return try longVarint()
  }

  private mutating func longVarint() throws(WireError) -> UInt64 {
    let start = byteOffset
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      if shift == 63, next > 1 { throw WireError("a varint of more than 64 bits", at: start) }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 {
        if next == 0, shift > 0 { throw WireError("a varint longer than needed", at: start) }
        return value
      }
      shift += 7
    }
  }

  /// Reads a signed varint (zigzag).
  package mutating func signedVarint() throws(WireError) -> Int64 {
    let folded = try varint()
    return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  /// Reads a count of things that take at least `elementByteCount` bytes each.
  package mutating func count(elementByteCount: Int = 1) throws(WireError) -> Int {
    let start = byteOffset
    let value = try varint()
    guard value <= UInt64(remainingCount / max(elementByteCount, 1)) else {
      throw WireError("a count of \(value) with \(remainingCount) bytes left", at: start)
    }
    return Int(value)
  }

  /// Reads a whole number from 0 to `maximum` that counts nothing that follows.
  package mutating func whole(upTo maximum: Int = .max) throws(WireError) -> Int {
    let start = byteOffset
    let value = try varint()
    guard value <= UInt64(maximum) else {
      throw WireError("expected at most \(maximum), found \(value)", at: start)
    }
    return Int(value)
  }

  package mutating func blob() throws(WireError) -> [UInt8] { try raw(count: try count()) }

  /// Reads exactly `count` bytes.
  package mutating func raw(count: Int) throws(WireError) -> [UInt8] {
    guard remainingCount >= count else { throw error("expected \(count) bytes, found \(remainingCount)") }
    defer { byteOffset += count }
    return Array(buffer[byteOffset..<byteOffset + count])
  }

  package mutating func text() throws(WireError) -> String {
    let start = byteOffset
    let length = try count()
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[byteOffset..<byteOffset + length])
    guard let text = UTF8Text.string(bytes) else {
      throw WireError("a text that is not UTF-8", at: start)
    }
    byteOffset += length
    return text
  }

  /// Reads varints with runs of zeros, at most `maximumCount` of them.
  package mutating func sparseVarints<Number: FixedWidthInteger & UnsignedInteger>(
    maximumCount: Int, as type: Number.Type = Number.self
  ) throws(WireError) -> [Number] {
    let count = try whole(upTo: maximumCount)
    var values = [Number](repeating: 0, count: count)
    var index = 0
    var endsInZeros = false
    while index < count {
      let start = byteOffset
      guard let value = Number(exactly: try varint()) else {
        throw WireError("a number too large", at: start)
      }
      if value == 0 {
        guard !endsInZeros else { throw WireError("a run of zeros after a run of zeros", at: start) }
        index += try whole(upTo: count - index - 1)
      }
      values[index] = value
      index += 1
      endsInZeros = value == 0
    }
    return values
  }

  /// Reads an optional that `ByteWriter.optional` wrote.
  package mutating func optional<Wrapped>(
    _ read: (inout ByteReader) throws(WireError) -> Wrapped
  ) throws(WireError) -> Wrapped? {
    try boolean() ? try read(&self) : nil
  }

  /// Reads a list that `ByteWriter.list` wrote, of elements of at least `elementByteCount` bytes.
  package mutating func list<Element>(
    elementByteCount: Int = 1, _ read: (inout ByteReader) throws(WireError) -> Element
  ) throws(WireError) -> [Element] {
    let count = try count(elementByteCount: elementByteCount)
    var values: [Element] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }
}
