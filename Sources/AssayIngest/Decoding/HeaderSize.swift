/// Width and height as a header states them, in pixels.
struct HeaderSize: Hashable {
  var width: Int
  var height: Int

  init?(_ width: Int?, _ height: Int?) {
    guard let width, let height, width > 0, height > 0 else { return nil }
    self.width = width
    self.height = height
  }
}

extension HeaderSize {
  /// The size of an image that is not decoded, where its header gives it away easily.
  static func read(_ format: ImageFormat, _ view: ByteView) -> HeaderSize? {
    switch format {
    case .gif: HeaderSize(view.word(6, littleEndian: true), view.word(8, littleEndian: true))
    case .bmp: bitmap(view)
    case .psd: HeaderSize(view.long(18), view.long(14))
    case .qoi: HeaderSize(view.long(4), view.long(8))
    case .dds: HeaderSize(view.long(16, littleEndian: true), view.long(12, littleEndian: true))
    case .webp: webp(view)
    case .pnm: portableMap(view)
    case .ico: HeaderSize(view.byte(6).map { $0 == 0 ? 256 : $0 }, view.byte(7).map { $0 == 0 ? 256 : $0 })
    case .tiff: tiff(view)
    case .avif, .heic: boxed(view)
    case .tga: HeaderSize(view.word(12, littleEndian: true), view.word(14, littleEndian: true))
    case .pcx: paintbrush(view)
    case .jpeg, .png, .jxl, .jp2, .exr, .svg, .jls, .hdr, .dicom, .fits: nil
    }
  }

  /// The first and the last column and row.
  private static func paintbrush(_ view: ByteView) -> HeaderSize? {
    let corners = [4, 8, 6, 10].compactMap { view.word($0, littleEndian: true) }
    guard corners.count == 4, corners[1] >= corners[0], corners[3] >= corners[2] else { return nil }
    return HeaderSize(corners[1] - corners[0] + 1, corners[3] - corners[2] + 1)
  }

  private static func bitmap(_ view: ByteView) -> HeaderSize? {
    guard let header = view.long(14, littleEndian: true) else { return nil }
    if header == 12 {
      return HeaderSize(view.word(18, littleEndian: true), view.word(20, littleEndian: true))
    }
    // The height is negative where rows run from the top down.
    let height = view.long(22, littleEndian: true).map { $0 >= 1 << 31 ? (1 << 32) - $0 : $0 }
    return HeaderSize(view.long(18, littleEndian: true), height)
  }

  private static func webp(_ view: ByteView) -> HeaderSize? {
    if view.hasBytes("VP8 ", at: 12) {
      return HeaderSize(
        view.word(26, littleEndian: true).map { $0 & 0x3FFF },
        view.word(28, littleEndian: true).map { $0 & 0x3FFF })
    }
    if view.hasBytes("VP8L", at: 12) {
      let bits = view.long(21, littleEndian: true)
      return HeaderSize(bits.map { $0 & 0x3FFF + 1 }, bits.map { $0 >> 14 & 0x3FFF + 1 })
    }
    guard view.hasBytes("VP8X", at: 12), let low = view.word(24, littleEndian: true),
      let high = view.byte(26), let second = view.word(27, littleEndian: true), let top = view.byte(29)
    else { return nil }
    return HeaderSize(high << 16 | low + 1, top << 16 | second + 1)
  }

  private static func portableMap(_ view: ByteView) -> HeaderSize? {
    if view.hasBytes("P7") { return nil }
    var numbers: [Int] = []
    var offset = 2
    while numbers.count < 2, offset < min(view.count, 1024), let byte = view.byte(offset) {
      if byte == 0x23 {
        guard let end = view.firstIndex(of: 0x0A, from: offset) else { return nil }
        offset = end + 1
      } else if (0x30...0x39).contains(byte) {
        var number = 0
        while let digit = view.byte(offset), (0x30...0x39).contains(digit), number < 1 << 31 {
          number = 10 * number + digit - 0x30
          offset += 1
        }
        numbers.append(number)
      } else {
        offset += 1
      }
    }
    return numbers.count == 2 ? HeaderSize(numbers[0], numbers[1]) : nil
  }

  private static func tiff(_ view: ByteView) -> HeaderSize? {
    let directory = TIFFDirectory.first(of: view)
    return HeaderSize(directory?.integer(0x0100), directory?.integer(0x0101))
  }

  /// The first `ispe` property in the first 64 KiB of an ISO base media file.
  private static func boxed(_ view: ByteView) -> HeaderSize? {
    let head = view.clamped(0..<65_536)
    var offset = 0
    while let start = head.firstIndex(of: 0x69, from: offset) {
      if head.hasBytes("ispe", at: start) { return HeaderSize(head.long(start + 8), head.long(start + 12)) }
      offset = start + 1
    }
    return nil
  }
}
