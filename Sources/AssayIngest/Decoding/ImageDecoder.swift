package import AssayCore
import CImageCodecs

/// Turns the bytes of an image into what is known of it.
///
/// It keeps decoder state and buffers from image to image. Not Sendable: one decoder for each worker thread.
package final class ImageDecoder {
  private let decoder: OpaquePointer

  package init() {
    guard let decoder = assay_decoder_create() else { preconditionFailure("no memory for a decoder") }
    self.decoder = decoder
  }

  deinit { assay_decoder_destroy(decoder) }

  /// Decodes and measures one image. Whatever the bytes are, the answer is an observation.
  ///
  /// - Parameters:
  ///   - bytes: the encoded image; not kept.
  ///   - memberName: the member's path or name, for its extension.
  ///   - imageName: the image's name in its record.
  ///   - pixels: called with the upright frame, if one came out. Keeping the frame costs memory and time.
  package func observe(
    _ bytes: UnsafeRawBufferPointer, memberName: String, imageName: String = "image",
    options: DecodeOptions = DecodeOptions(), pixels: ((borrowing PixelFrame) -> Void)? = nil
  ) -> ImageObservation {
    var row = FeatureRow()
    row[.byteCount] = .integer(Int64(bytes.count))
    row.set(.fileExtension, text: Self.fileExtension(of: memberName))
    let view = ByteView(bytes)
    guard let format = ImageFormat.sniff(view) else {
      let reason: ReasonCode = view.count == 0 ? .empty : .unknownFormat
      return ImageObservation(
        name: imageName, outcome: .undecodable, reason: reason.rawValue, features: row.values)
    }
    row.set(.format, text: format.rawValue)
    var header: ImageHeader
    switch format {
    case .jpeg: header = ImageHeader(JPEGFacts(view))
    case .png: header = ImageHeader(PNGFacts(view))
    default:
      row.setSize(HeaderSize.read(format, view), orientation: 1)
      return ImageObservation(
        name: imageName, outcome: .unsupported, reason: ReasonCode.unsupported.rawValue, features: row.values)
    }
    header.noteTrailingBytes(after: view)
    row.set(header)
    let report = decode(bytes, as: format, header: header, options: options, keepPixels: pixels != nil)
    return observation(
      named: imageName, report: report, header: header, row: row, options: options, pixels: pixels)
  }

  /// The extension of a member's name: lower case, without its dot; nil where there is none.
  static func fileExtension(of name: String) -> String? {
    let last =
      name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name.utf8.index(after: $0) } ?? name.startIndex
    let base = name[last...]
    guard let dot = base.utf8.lastIndex(of: UInt8(ascii: ".")), dot != base.startIndex else { return nil }
    let text = base[base.utf8.index(after: dot)...]
    return text.isEmpty ? nil : text.lowercased()
  }

  private func decode(
    _ bytes: UnsafeRawBufferPointer, as format: ImageFormat, header: ImageHeader, options: DecodeOptions,
    keepPixels: Bool
  ) -> assay_report_t {
    var request = assay_request_t()
    request.max_width = options.limits.maxWidth
    request.max_height = options.limits.maxHeight
    request.max_pixels = options.limits.maxPixels
    request.max_memory = options.limits.maxMemory
    request.max_scans = options.limits.maxScans
    request.orientation = UInt32(header.exif.orientation)
    request.keep_pixels = keepPixels
    request.collect_values = options.collectsSampleValues
    let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    return format == .jpeg
      ? assay_decode_jpeg(decoder, start, bytes.count, &request)
      : assay_decode_png(decoder, start, bytes.count, &request)
  }

  private func observation(
    named name: String, report: assay_report_t, header: ImageHeader, row: FeatureRow, options: DecodeOptions,
    pixels: ((borrowing PixelFrame) -> Void)?
  ) -> ImageObservation {
    let verdict = DecodeVerdict(report, header: header)
    var observation = ImageObservation(
      name: name, outcome: verdict.outcome, reason: verdict.reason?.rawValue, detail: verdict.detail)
    var row = row
    if let measurement = assay_decoder_measurement(decoder) {
      let summary = PixelSummary(measurement)
      row.set(ImageSums(measurement), luma: CodeValueHistogram(luma: measurement), summary)
      observation.pixels = summary
      if options.hashesTurns { observation.pixels?.turnedHashes = turnedHashes() }
      if options.collectsSampleValues { observation.sampleValues = sampleValues() }
      if let pixels { lendFrame(to: pixels) }
    }
    observation.features = row.values
    return observation
  }

  private func turnedHashes() -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: Turn.allCases.count) { hashes, count in
      assay_decoder_turned_hashes(decoder, hashes.baseAddress)
      count = Turn.allCases.count
    }
  }

  private func sampleValues() -> [UInt16] {
    guard let words = assay_decoder_values(decoder) else { return [] }
    var values: [UInt16] = []
    for index in 0..<1024 {
      var word = words[index]
      while word != 0 {
        values.append(UInt16(64 * index + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
    return values
  }

  private func lendFrame(to body: (borrowing PixelFrame) -> Void) {
    let frame = assay_decoder_frame(decoder)
    let count = Int(frame.width) * Int(frame.height) * Int(frame.channels) * Int(frame.sample_bits) / 8
    body(
      PixelFrame(
        width: Int(frame.width), height: Int(frame.height), channels: Int(frame.channels),
        sampleBits: Int(frame.sample_bits),
        samples: UnsafeRawBufferPointer(start: frame.samples, count: count)))
  }
}
