/// Makes texts of bytes that may not be UTF-8.
package enum UTF8Text {
  /// The text; nil if the bytes are not UTF-8. ASCII, which is nearly all there is, is only copied.
  package static func string(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard isASCII(bytes) else { return String(validating: bytes, as: UTF8.self) }
    return String(unsafeUninitializedCapacity: bytes.count) { room in
      UnsafeMutableRawBufferPointer(room).copyMemory(from: bytes)
      return bytes.count
    }
  }

  private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { return false }
      index += 8
    }
    while index < bytes.count {
      if bytes[index] >= 0x80 { return false }
      index += 1
    }
    return true
  }
}
