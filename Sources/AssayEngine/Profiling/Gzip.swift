import AssayIngest
import CDeflate

/// Bytes as gzip (RFC 1952) holds them, deflated and inflated whole.
enum Gzip {
  /// Whether the bytes begin as every gzip file does.
  static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The deflated bytes; nil where there is no memory for it. Equal bytes give equal bytes: the header holds neither time
  /// nor name.
  static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    guard let compressor = libdeflate_alloc_compressor(9) else { return nil }
    defer { libdeflate_free_compressor(compressor) }
    let most = libdeflate_gzip_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: most) { room, count in
      count = libdeflate_gzip_compress(compressor, bytes, bytes.count, room.baseAddress, most)
    }
  }

  /// The inflated bytes of all members, at most `limit` of them.
  ///
  /// Throws the reason when the bytes are damaged, end early, or hold more than that. *Memory*: room grows by what is
  /// found in it, from four times the deflated bytes, and never beyond `limit`.
  static func inflated(_ bytes: [UInt8], atMost limit: Int) throws(SourceError.Reason) -> [UInt8] {
    guard let decompressor = libdeflate_alloc_decompressor() else { throw "there is no memory to inflate it" }
    defer { libdeflate_free_decompressor(decompressor) }
    var (output, position): ([UInt8], Int) = ([], 0)
    while position < bytes.count {
      let member = try member(of: bytes[position...], decompressor, atMost: limit - output.count)
      output += member.bytes
      position += member.consumed
    }
    return output
  }

  /// The first member, with room doubled until it suffices.
  private static func member(
    of bytes: ArraySlice<UInt8>, _ decompressor: OpaquePointer, atMost limit: Int
  ) throws(SourceError.Reason) -> (bytes: [UInt8], consumed: Int) {
    var capacity = min(limit, max(4096, bytes.count * 4))
    while true {
      var (consumed, status) = (0, LIBDEFLATE_SUCCESS)
      let output = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
        status = bytes.withUnsafeBytes {
          libdeflate_gzip_decompress_ex(
            decompressor, $0.baseAddress, $0.count, room.baseAddress, capacity, &consumed, &count)
        }
        if status != LIBDEFLATE_SUCCESS { count = 0 }
      }
      if status == LIBDEFLATE_SUCCESS { return (output, consumed) }
      guard status == LIBDEFLATE_INSUFFICIENT_SPACE else { throw "its gzip data is damaged or ends early" }
      guard capacity < limit else { throw "it inflates to more than the limit" }
      capacity = min(limit, capacity * 2)
    }
  }
}
