/// Appends little-endian numbers, varints and texts to a byte buffer: the wire format between the processes
/// of one build, and the packed arrays of a profile. It has no version of its own.
package struct ByteWriter {
  /// What has been written.
  package var bytes: [UInt8] = []

  package init() {}

  /// Writes to the end of `bytes`.
  package init(appendingTo bytes: [UInt8]) { self.bytes = bytes }

  /// Makes room for so many bytes in all.
  package mutating func reserve(_ byteCount: Int) { bytes.reserveCapacity(byteCount) }

  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  package mutating func boolean(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Writes the bytes of `value`, the lowest first.
  package mutating func fixed(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes the bit pattern of `value`; every NaN keeps its payload.
  package mutating func real(_ value: Double) { fixed(value.bitPattern) }

  /// Writes seven bits a byte, the lowest first, the top bit set on all but the last (LEB128).
  package mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes a count, which is never negative.
  package mutating func count(_ value: Int) {
    precondition(value >= 0, "a negative count")
    varint(UInt64(value))
  }

  /// Writes a signed number as a varint, small magnitudes short (zigzag).
  package mutating func signedVarint(_ value: Int64) {
    varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Writes the length and the bytes.
  package mutating func blob(_ value: some Collection<UInt8>) {
    count(value.count)
    bytes.append(contentsOf: value)
  }

  /// Writes the length in bytes and the UTF-8.
  package mutating func text(_ value: String) {
    var value = value
    value.withUTF8 {
      count($0.count)
      bytes.append(contentsOf: $0)
    }
  }

  /// Writes varints; a run of zeros is a zero and the number of zeros that follow it.
  package mutating func sparseVarints(_ values: some Collection<some FixedWidthInteger & UnsignedInteger>) {
    count(values.count)
    // Ten bytes hold any varint; a run of zeros takes no more than its zeros would.
    bytes += [UInt8](unsafeUninitializedCapacity: 10 * values.count) { buffer, used in
      var zeroCount = 0
      for value in values {
        if value == 0 {
          zeroCount += 1
          continue
        }
        Self.endZeroRun(&zeroCount, in: buffer, &used)
        Self.put(UInt64(value), in: buffer, &used)
      }
      Self.endZeroRun(&zeroCount, in: buffer, &used)
    }
  }

  private static func endZeroRun(
    _ zeroCount: inout Int, in buffer: UnsafeMutableBufferPointer<UInt8>, _ used: inout Int
  ) {
    guard zeroCount > 0 else { return }
    put(0, in: buffer, &used)
    put(UInt64(zeroCount - 1), in: buffer, &used)
    zeroCount = 0
  }

  @inline(__always)
  private static func put(_ value: UInt64, in buffer: UnsafeMutableBufferPointer<UInt8>, _ used: inout Int) {
    var rest = value
    while rest >= 0x80 {
      buffer[used] = UInt8(truncatingIfNeeded: rest) | 0x80
      used += 1
      rest >>= 7
    }
    buffer[used] = UInt8(truncatingIfNeeded: rest)
    used += 1
  }

  /// Writes whether there is a value, and the value.
  package mutating func optional<Wrapped>(
    _ value: Wrapped?, _ write: (inout ByteWriter, Wrapped) -> Void
  ) {
    boolean(value != nil)
    if let value { write(&self, value) }
  }

  /// Writes the number of elements and the elements.
  package mutating func list<Element>(
    _ values: [Element], _ write: (inout ByteWriter, Element) -> Void
  ) {
    count(values.count)
    for value in values { write(&self, value) }
  }
}
