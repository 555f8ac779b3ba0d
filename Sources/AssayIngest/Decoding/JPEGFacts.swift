/// What the markers of a JPEG say, as far as they can be read.
///
/// Source: ITU-T T.81, annex B; JFIF (T.871); Adobe Technical Note 5116 for APP14.
struct JPEGFacts {
  struct Component: Hashable {
    var id: Int
    var horizontal: Int
    var vertical: Int
    var table: Int
  }

  var width: Int?
  var height: Int?
  var precision: Int?
  var isProgressive: Bool?
  var components: [Component] = []
  var exif = EXIF()
  var iccDigest: String?
  /// Bytes up to and with the end marker; nil where there is none.
  var byteCount: Int?
  /// Scans that start before the end.
  var scanCount = 0
  private var hasJFIF = false
  private var adobeTransform: Int?
  private var tables = [[UInt16]?](repeating: nil, count: 4)
  private var profile: [Int: ByteView] = [:]

  /// Reads the markers of a buffer that starts with a start-of-image marker.
  init(_ view: ByteView) {
    var offset = 2
    while let marker = Self.nextMarker(view, &offset) {
      if marker == 0xD9 {
        byteCount = offset
        break
      }
      // Restart markers and TEM stand alone.
      if (0xD0...0xD8).contains(marker) || marker == 0x01 { continue }
      guard let length = view.word(offset), length >= 2 else { break }
      read(marker, view.clamped(offset + 2..<offset + length))
      offset += length
      if marker == 0xDA {
        scanCount += 1
        offset = Self.endOfScanData(view, offset)
      }
    }
    finishProfile()
  }

  /// The next marker's code; the offset moves behind it. Other bytes on the way are skipped.
  private static func nextMarker(_ view: ByteView, _ offset: inout Int) -> Int? {
    while let start = view.firstIndex(of: 0xFF, from: offset) {
      offset = start + 1
      while view.byte(offset) == 0xFF { offset += 1 }
      guard let code = view.byte(offset) else { return nil }
      offset += 1
      if code != 0 { return code }
    }
    return nil
  }

  /// The offset of the first marker after entropy-coded data that is not a restart.
  private static func endOfScanData(_ view: ByteView, _ start: Int) -> Int {
    var offset = start
    while let found = view.firstIndex(of: 0xFF, from: offset) {
      guard let code = view.byte(found + 1) else { return view.count }
      if code == 0 || (0xD0...0xD7).contains(code) {
        offset = found + 2
      } else if code == 0xFF {
        offset = found + 1
      } else {
        return found
      }
    }
    return view.count
  }

  private mutating func read(_ marker: Int, _ body: ByteView) {
    switch marker {
    case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: readFrame(marker, body)
    case 0xDB: readTables(body)
    case 0xE0: hasJFIF = hasJFIF || body.hasBytes("JFIF\0")
    case 0xE1: readEXIF(body)
    case 0xE2: readProfile(body)
    case 0xEE: if body.hasBytes("Adobe") { adobeTransform = body.byte(11) }
    default: break
    }
  }

  private mutating func readFrame(_ marker: Int, _ body: ByteView) {
    guard width == nil, let count = body.byte(5) else { return }
    precision = body.byte(0)
    height = body.word(1)
    width = body.word(3)
    isProgressive = marker & 3 == 2
    for index in 0..<min(count, 4) {
      guard let id = body.byte(6 + 3 * index), let factors = body.byte(7 + 3 * index),
        let table = body.byte(8 + 3 * index)
      else { return }
      components.append(
        Component(id: id, horizontal: factors >> 4, vertical: factors & 15, table: table & 3))
    }
  }

  private mutating func readTables(_ body: ByteView) {
    var offset = 0
    while let head = body.byte(offset) {
      let size = head >> 4 == 0 ? 1 : 2
      guard head & 15 < 4, let entries = body.part(offset + 1..<offset + 1 + 64 * size) else { return }
      tables[head & 15] = (0..<64).map {
        UInt16(truncatingIfNeeded: (size == 1 ? entries.byte($0) : entries.word(2 * $0)) ?? 0)
      }
      offset += 1 + 64 * size
    }
  }

  private mutating func readEXIF(_ body: ByteView) {
    guard body.hasBytes("Exif\0"), exif == EXIF() else { return }
    exif = EXIF(tiff: body.dropping(6))
  }

  private mutating func readProfile(_ body: ByteView) {
    guard body.hasBytes("ICC_PROFILE\0"), let sequence = body.byte(12) else { return }
    if profile[sequence] == nil { profile[sequence] = body.dropping(14) }
  }

  private mutating func finishProfile() {
    defer { profile = [:] }
    guard !profile.isEmpty else { return }
    var digest = Digest64()
    for sequence in profile.keys.sorted() {
      if let part = profile[sequence] { digest.update(part) }
    }
    iccDigest = digest.hex
  }
}

extension JPEGFacts {
  /// The colour model, by the rules libjpeg has: Adobe's marker, JFIF, component ids.
  var colorModel: String? {
    switch components.count {
    case 1: return "gray"
    case 3:
      if hasJFIF { return "ycbcr" }
      if let adobeTransform { return adobeTransform == 0 ? "rgb" : "ycbcr" }
      return components.map(\.id) == [0x52, 0x47, 0x42] ? "rgb" : "ycbcr"
    case 4: return adobeTransform == 2 ? "ycck" : "cmyk"
    default: return nil
    }
  }

  /// Chroma subsampling in the J:a:b notation; the factors themselves where that has no name for them.
  var subsampling: String? {
    guard components.count >= 3 else { return nil }
    let luma = components[0]
    let chroma = components[1]
    let isRegular =
      components[2].horizontal == chroma.horizontal && components[2].vertical == chroma.vertical
      && chroma.horizontal > 0 && chroma.vertical > 0 && luma.horizontal % chroma.horizontal == 0
      && luma.vertical % chroma.vertical == 0
    if isRegular {
      switch (luma.horizontal / chroma.horizontal, luma.vertical / chroma.vertical) {
      case (1, 1): return "4:4:4"
      case (2, 1): return "4:2:2"
      case (2, 2): return "4:2:0"
      case (1, 2): return "4:4:0"
      case (4, 1): return "4:1:1"
      case (4, 2): return "4:1:0"
      default: break
      }
    }
    return components.map { "\($0.horizontal)x\($0.vertical)" }.joined(separator: ",")
  }

  /// The quality that the luma table suggests, 1...100.
  var quality: Int? {
    guard let luma = components.first, let table = tables[luma.table] else { return nil }
    return JPEGQuality.estimate(tableSum: table.reduce(0) { $0 + Int($1) })
  }

  /// A digest of all quantisation tables with their numbers.
  var tableDigest: String? {
    var digest = Digest64()
    for (number, table) in tables.enumerated() {
      guard let table else { continue }
      digest.update(UInt8(truncatingIfNeeded: number))
      for entry in table {
        digest.update(UInt8(truncatingIfNeeded: entry >> 8))
        digest.update(UInt8(truncatingIfNeeded: entry))
      }
    }
    return tables.contains { $0 != nil } ? digest.hex : nil
  }
}
