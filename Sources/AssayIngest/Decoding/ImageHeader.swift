import AssayCore

/// The header facts of a JPEG or a PNG in the words of the built-in features.
struct ImageHeader {
  var size: HeaderSize?
  var channels: Int?
  var bitDepth: Int?
  var colorModel: String?
  var exif: EXIF
  var iccDigest: String?
  var jpegQuality: Int?
  var jpegTables: String?
  var jpegSubsampling: String?
  var jpegProgressive: Bool?
  var pngColorType: Int?
  var pngInterlaced: Bool?
  /// Bytes up to the end of the image; nil where its end marker is missing.
  var byteCount: Int?
  /// A remark on bytes after the end of the image.
  private(set) var trailing: String?

  init(_ facts: JPEGFacts) {
    size = HeaderSize(facts.width, facts.height)
    channels = facts.components.isEmpty ? nil : facts.components.count
    bitDepth = facts.precision
    colorModel = facts.colorModel
    exif = facts.exif
    iccDigest = facts.iccDigest
    jpegQuality = facts.quality
    jpegTables = facts.tableDigest
    jpegSubsampling = facts.subsampling
    jpegProgressive = facts.isProgressive
    byteCount = facts.byteCount
  }

  init(_ facts: PNGFacts) {
    size = HeaderSize(facts.width, facts.height)
    channels = facts.channels
    bitDepth = facts.bitDepth
    colorModel = facts.colorModel
    exif = facts.exif
    iccDigest = facts.iccDigest
    pngColorType = facts.colorType
    pngInterlaced = facts.isInterlaced
    byteCount = facts.byteCount
  }

  /// Describes what follows the end of the image, if anything does.
  mutating func noteTrailingBytes(after view: ByteView) {
    guard let byteCount, byteCount < view.count else { return }
    let rest = view.dropping(byteCount)
    let what =
      rest.isAllZero ? ", all zero" : ImageFormat.sniff(rest).map { ", a \($0.rawValue) image" } ?? ""
    trailing = "\(counted(rest.count, "byte")) after the end of the image\(what)"
  }
}
