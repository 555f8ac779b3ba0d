import CImageCodecs

/// What the decoder makes of a PNG.
struct Decoded: Equatable {
  var outcome: UInt32
  var reason: UInt32
  var rows: UInt32
  /// Height x width x channels, as bytes; empty where nothing came out.
  var pixels: [UInt8]
  var perceptualHash: UInt64?
  var values: [UInt64]
}

/// Decodes a PNG by a decoder of its own.
///
/// - Parameters:
///   - byLibrary: whether even plain images go through libpng.
///   - memory: the working memory allowed, in bytes.
func decode(png: [UInt8], byLibrary: Bool, memory: UInt64 = 1 << 30) -> Decoded {
  guard let decoder = assay_decoder_create() else { preconditionFailure("no memory for a decoder") }
  defer { assay_decoder_destroy(decoder) }
  var request = assay_request_t()
  request.max_width = 4096
  request.max_height = 4096
  request.max_pixels = 1 << 24
  request.max_memory = memory
  request.orientation = 1
  request.keep_pixels = true
  request.collect_values = true
  request.force_libpng = byLibrary
  let report = assay_decode_png(decoder, png, png.count, &request)
  let frame = assay_decoder_frame(decoder)
  let count = Int(frame.width) * Int(frame.height) * Int(frame.channels) * Int(frame.sample_bits) / 8
  return Decoded(
    outcome: report.outcome.rawValue, reason: report.reason.rawValue, rows: report.stored_rows,
    pixels: Array(UnsafeRawBufferPointer(start: frame.samples, count: count)),
    perceptualHash: assay_decoder_measurement(decoder)?.pointee.perceptual_hash,
    values: Array(UnsafeBufferPointer(start: assay_decoder_values(decoder), count: 1024)))
}
