/// What the chunks of a PNG say, as far as they can be read.
///
/// Source: PNG specification, 3rd edition, section 11.
struct PNGFacts {
  var width: Int?
  var height: Int?
  var bitDepth: Int?
  var colorType: Int?
  var isInterlaced: Bool?
  var hasTransparency = false
  var exif = EXIF()
  /// A digest of what the file says of its colour space: the iCCP, sRGB, gAMA, cHRM and cICP chunks as stored (so a
  /// profile that is compressed differently has another digest).
  var iccDigest: String?
  /// Bytes up to and with the IEND chunk; nil where there is none.
  var byteCount: Int?

  /// Reads the chunks of a buffer that starts with the PNG signature.
  init(_ view: ByteView) {
    var color = Digest64()
    var offset = 8
    while let length = view.long(offset), let type = view.part(offset + 4..<offset + 8) {
      let body = view.clamped(offset + 8..<offset + 8 + length)
      read(type, body, &color)
      offset += 12 + length
      if type.hasBytes("IEND") {
        byteCount = offset <= view.count ? offset : nil
        break
      }
    }
  }

  private mutating func read(_ type: ByteView, _ body: ByteView, _ color: inout Digest64) {
    if type.hasBytes("IDAT") { return }
    if type.hasBytes("IHDR"), width == nil, body.count == 13 {
      width = body.long(0)
      height = body.long(4)
      bitDepth = body.byte(8)
      colorType = body.byte(9)
      isInterlaced = body.byte(12).map { $0 != 0 }
    } else if type.hasBytes("tRNS") {
      hasTransparency = true
    } else if type.hasBytes("eXIf") {
      exif = EXIF(tiff: body)
    } else if ["iCCP", "sRGB", "gAMA", "cHRM", "cICP"].contains(where: { type.hasBytes($0) }) {
      color.update(type)
      color.update(body)
      iccDigest = color.hex
    }
  }
}

extension PNGFacts {
  var colorModel: String? {
    switch colorType {
    case 0: "gray"
    case 2: "rgb"
    case 3: "palette"
    case 4: "gray_alpha"
    case 6: "rgba"
    default: nil
    }
  }

  /// Channels once the palette and the transparent colour are expanded.
  var channels: Int? {
    switch colorType {
    case 0: hasTransparency ? 2 : 1
    case 2, 3: hasTransparency ? 4 : 3
    case 4: 2
    case 6: 4
    default: nil
    }
  }
}
