/// An image format, as its magic bytes name it.
package enum ImageFormat: String, Sendable, Hashable, CaseIterable {
  case jpeg, png, gif, webp, tiff, bmp, avif, heic, jxl, jp2, ico, psd, exr, qoi, pnm, dds, svg, jls, hdr,
    tga, pcx, dicom,
    fits

  /// Whether images of this format are decoded here.
  package var isDecoded: Bool { self == .jpeg || self == .png }
}

extension ImageFormat {
  /// The format of these bytes by their first few; nil for anything else. Of TGA only what has the footer of its
  /// second version is known: the first has no magic bytes.
  package static func sniff(_ bytes: UnsafeRawBufferPointer) -> ImageFormat? { sniff(ByteView(bytes)) }

  static func sniff(_ view: ByteView) -> ImageFormat? {
    // What says so further on may begin with anything.
    if view.hasBytes("DICM", at: 128) { return .dicom }
    if let format = byFirstBytes(view) { return format }
    return view.hasBytes("TRUEVISION-XFILE.\0", at: view.count - 18) ? .tga : nil
  }

  private static func byFirstBytes(_ view: ByteView) -> ImageFormat? {
    switch view.byte(0) {
    case nil: nil
    case 0xFF: jpegOrCodestream(view)
    case 0x89: view.hasMagic([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? .png : nil
    case 0x00: boxed(view)
    default: sniffText(view)
    }
  }

  private static func jpegOrCodestream(_ view: ByteView) -> ImageFormat? {
    // JPEG-LS begins as JPEG does, with a frame header of its own.
    if view.hasMagic([0xFF, 0xD8, 0xFF, 0xF7]) { return .jls }
    if view.hasMagic([0xFF, 0xD8, 0xFF]) { return .jpeg }
    if view.hasMagic([0xFF, 0x0A]) { return .jxl }
    return view.hasMagic([0xFF, 0x4F, 0xFF, 0x51]) ? .jp2 : nil
  }

  /// Formats that start with a zero byte: ISO base media boxes and icons.
  private static func boxed(_ view: ByteView) -> ImageFormat? {
    if view.hasBytes("JXL \r\n", at: 4) { return .jxl }
    if view.hasBytes("jP  \r\n", at: 4) { return .jp2 }
    if view.hasBytes("ftyp", at: 4) { return brand(view) }
    let isIcon = view.hasMagic([0, 0, 1, 0]) || view.hasMagic([0, 0, 2, 0])
    return isIcon && (view.word(4, littleEndian: true) ?? 0) > 0 ? .ico : nil
  }

  /// The first brand of an `ftyp` box that names an image format.
  private static func brand(_ view: ByteView) -> ImageFormat? {
    let end = min(view.long(0) ?? 0, 256, view.count)
    for offset in [8] + Array(stride(from: 16, to: max(end, 16), by: 4)) {
      if view.hasBytes("avif", at: offset) || view.hasBytes("avis", at: offset) { return .avif }
      if view.hasBytes("hei", at: offset) || view.hasBytes("hev", at: offset) { return .heic }
      if offset == 8, view.hasBytes("jp2 ", at: offset) { return .jp2 }
    }
    return view.hasBytes("mif1", at: 8) || view.hasBytes("msf1", at: 8) ? .heic : nil
  }

  private static func sniffText(_ view: ByteView) -> ImageFormat? {
    if view.hasBytes("GIF87a") || view.hasBytes("GIF89a") { return .gif }
    if view.hasBytes("RIFF"), view.hasBytes("WEBP", at: 8) { return .webp }
    if isTIFF(view) { return .tiff }
    if view.hasBytes("BM"), isBitmapHeader(view.long(14, littleEndian: true)) { return .bmp }
    if view.hasBytes("8BPS") { return .psd }
    if view.hasMagic([0x76, 0x2F, 0x31, 0x01]) { return .exr }
    if view.hasBytes("qoif") { return .qoi }
    if view.hasBytes("DDS ") { return .dds }
    if view.hasBytes("#?RADIANCE") || view.hasBytes("#?RGBE") { return .hdr }
    if view.hasBytes("SIMPLE  =") { return .fits }
    if isPaintbrush(view) { return .pcx }
    if isPortableMap(view) { return .pnm }
    return isSVG(view) ? .svg : nil
  }

  private static func isTIFF(_ view: ByteView) -> Bool {
    view.hasMagic([0x49, 0x49, 42, 0]) || view.hasMagic([0x4D, 0x4D, 0, 42])
      || view.hasMagic([0x49, 0x49, 43, 0]) || view.hasMagic([0x4D, 0x4D, 0, 43])
  }

  private static func isBitmapHeader(_ size: Int?) -> Bool {
    size.map { [12, 16, 40, 52, 56, 64, 108, 124].contains($0) } ?? false
  }

  /// A version that there is, run lengths, and a depth that there is.
  private static func isPaintbrush(_ view: ByteView) -> Bool {
    guard view.byte(0) == 0x0A, view.byte(2) == 1, let version = view.byte(1), let depth = view.byte(3) else {
      return false
    }
    return [0, 2, 3, 4, 5].contains(version) && [1, 2, 4, 8].contains(depth)
  }

  private static func isPortableMap(_ view: ByteView) -> Bool {
    guard view.byte(0) == 0x50, let kind = view.byte(1), let next = view.byte(2) else { return false }
    return (0x31...0x37).contains(kind) && [0x09, 0x0A, 0x0D, 0x20, 0x23].contains(next)
  }

  /// Text that starts like markup and names an `<svg` element in its first kilobyte.
  private static func isSVG(_ view: ByteView) -> Bool {
    let head = view.clamped(0..<1024)
    var offset = head.hasMagic([0xEF, 0xBB, 0xBF]) ? 3 : 0
    while let byte = head.byte(offset), [0x09, 0x0A, 0x0D, 0x20].contains(byte) { offset += 1 }
    guard head.byte(offset) == 0x3C else { return false }
    while let start = head.firstIndex(of: 0x3C, from: offset) {
      if head.hasBytes("<svg", at: start) { return true }
      offset = start + 1
    }
    return false
  }
}

extension ByteView {
  fileprivate func hasMagic(_ magic: [Int]) -> Bool {
    for (offset, expected) in magic.enumerated() where byte(offset) != expected { return false }
    return true
  }
}
