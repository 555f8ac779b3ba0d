import AssayCore
import AssayIngest
import AssayTestSupport
import Testing

/// Formats by their magic bytes.
struct FormatTests {
  /// Format, first bytes, and the size that is read from them.
  static let headers: [(ImageFormat, [UInt8], (Int64, Int64)?)] = [
    (.gif, text("GIF89a") + [0x40, 0x01, 0xC8, 0x00, 0, 0, 0], (320, 200)),
    (
      .webp,
      text("RIFF") + [0, 0, 0, 0] + text("WEBPVP8 ") + [
        0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0x01, 0xC8, 0x00,
      ],
      (320, 200)
    ),
    (
      .webp, text("RIFF") + [0, 0, 0, 0] + text("WEBPVP8L") + [0, 0, 0, 0, 0x2F, 0x3F, 0xC1, 0x31, 0x00],
      (320, 200)
    ),
    (
      .webp,
      text("RIFF") + [0, 0, 0, 0] + text("WEBPVP8X") + [10, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0x01, 0, 0xC7, 0, 0],
      (320, 200)
    ),
    (
      .bmp,
      text("BM") + [UInt8](repeating: 0, count: 12) + [40, 0, 0, 0, 0x40, 1, 0, 0, 0x38, 0xFF, 0xFF, 0xFF],
      (320, 200)
    ),
    (.psd, text("8BPS") + [0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 200, 0, 0, 1, 64], (320, 200)),
    (.qoi, text("qoif") + [0, 0, 1, 64, 0, 0, 0, 200], (320, 200)),
    (.pnm, text("P6 # note\n320\n200 255\n"), (320, 200)),
    (.pnm, text("P5\n320 200\n255\n"), (320, 200)),
    (
      .tiff,
      text("II") + [
        42, 0, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 0x40, 1, 0, 0, 1, 1, 4, 0, 1, 0, 0, 0, 200, 0, 0, 0,
      ],
      (320, 200)
    ),
    (.tiff, text("MM") + [0, 42, 0, 0, 0, 8], nil),
    (
      .avif,
      [0, 0, 0, 24] + text("ftypavif") + [0, 0, 0, 0] + text("mif1avif") + [0, 0, 0, 20] + text("ispe") + [
        0, 0, 0, 0, 0, 0, 1, 64, 0, 0, 0, 200,
      ],
      (320, 200)
    ),
    (.heic, [0, 0, 0, 20] + text("ftypmif1") + [0, 0, 0, 0] + text("heic"), nil),
    (.heic, [0, 0, 0, 24] + text("ftypheic") + [0, 0, 0, 0] + text("mif1heic"), nil),
    (.jxl, [0xFF, 0x0A, 0, 0], nil),
    (.jxl, [0, 0, 0, 12] + text("JXL \r\n") + [0x87, 0x0A], nil),
    (.jp2, [0, 0, 0, 12] + text("jP  \r\n") + [0x87, 0x0A], nil),
    (.jp2, [0xFF, 0x4F, 0xFF, 0x51], nil),
    (.ico, [0, 0, 1, 0, 1, 0, 32, 0], (32, 256)),
    (.exr, [0x76, 0x2F, 0x31, 0x01], nil),
    (.dds, text("DDS ") + [124, 0, 0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 0x40, 1, 0, 0], (320, 200)),
    (.svg, text("<?xml version='1.0'?>\n<!-- a <b> --> <svg width='3'/>"), nil),
    (.svg, text("  <svg/>"), nil),
    (.jls, [0xFF, 0xD8, 0xFF, 0xF7, 0, 11, 8], nil),
    (.hdr, text("#?RADIANCE\n"), nil),
    (.fits, text("SIMPLE  =                    T"), nil),
    (.dicom, [UInt8](repeating: 0, count: 128) + text("DICM"), nil),
    (.pcx, [10, 5, 1, 8, 0, 0, 0, 0, 0x3F, 1, 0xC7, 0], (320, 200)),
    (
      .tga,
      [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 200, 0, 24, 0, 1, 2, 3] + text("TRUEVISION-XFILE.\0"),
      (320, 200)
    ),
  ]

  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: headers.indices) func magicBytesNameTheFormat(index: Int) {
    let (format, bytes, size) = Self.headers[index]
    let observation = observe(bytes)
    #expect(observation[.format] == .text(format.rawValue))
    #expect(observation.outcome == .unsupported)
    #expect(observation.reason == ReasonCode.unsupported.rawValue)
    #expect(observation[.width] == size.map { .integer($0.0) } ?? .missing)
    #expect(observation[.height] == size.map { .integer($0.1) } ?? .missing)
  }

  @Test(arguments: headers.indices) func shortHeadersAreReadWithoutATrap(index: Int) {
    let bytes = Self.headers[index].1
    for count in 0..<bytes.count { #expect(observe(Array(bytes.prefix(count))).pixels == nil) }
  }

  @Test(arguments: [
    "P6x", "P9 1 1", "GIF90a", "BMW is a car maker", "<html><body>", "\0\0\0\0\0\0\0\0", "II*",
  ])
  func lookalikesAreUnknown(text: String) {
    #expect(observe(Self.text(text)).reason == ReasonCode.unknownFormat.rawValue)
  }
}
