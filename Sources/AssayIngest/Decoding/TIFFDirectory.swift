/// One image file directory of a TIFF structure, as EXIF and TIFF files have it.
///
/// Reads are bounded: at most 512 entries, values only where they lie inside the bytes.
/// Source: TIFF revision 6.0, section 2.
struct TIFFDirectory {
  /// Entries that are looked at; a directory with more is cut.
  static let mostEntries = 512

  private let view: ByteView
  private let littleEndian: Bool
  private let start: Int
  private let entryCount: Int

  /// The first directory of a TIFF structure that starts with these bytes.
  static func first(of view: ByteView) -> TIFFDirectory? {
    let littleEndian: Bool
    if view.hasBytes("II") {
      littleEndian = true
    } else if view.hasBytes("MM") {
      littleEndian = false
    } else {
      return nil
    }
    guard view.word(2, littleEndian: littleEndian) == 42,
      let offset = view.long(4, littleEndian: littleEndian)
    else { return nil }
    return TIFFDirectory(view: view, littleEndian: littleEndian, start: offset)
  }

  private init?(view: ByteView, littleEndian: Bool, start: Int) {
    guard start >= 8, let count = view.word(start, littleEndian: littleEndian) else { return nil }
    self.view = view
    self.littleEndian = littleEndian
    self.start = start
    self.entryCount = min(count, Self.mostEntries)
  }

  /// The directory that an entry points to.
  func directory(_ tag: Int) -> TIFFDirectory? {
    guard let offset = integer(tag) else { return nil }
    return TIFFDirectory(view: view, littleEndian: littleEndian, start: offset)
  }

  func has(_ tag: Int) -> Bool { entry(tag) != nil }

  /// The first value of an entry of type BYTE, SHORT or LONG.
  func integer(_ tag: Int) -> Int? {
    guard let entry = entry(tag), let count = view.long(entry + 4, littleEndian: littleEndian), count > 0
    else { return nil }
    switch view.word(entry + 2, littleEndian: littleEndian) {
    case 1: return view.byte(entry + 8)
    case 3: return count <= 2 ? view.word(entry + 8, littleEndian: littleEndian) : nil
    case 4, 13: return count == 1 ? view.long(entry + 8, littleEndian: littleEndian) : nil
    default: return nil
    }
  }

  /// An entry of type ASCII (or UTF-8) up to its first zero byte, without blanks around it and cut to `limit`
  /// bytes; nil where it is empty.
  func text(_ tag: Int, limit: Int) -> String? {
    guard let entry = entry(tag), [2, 129].contains(view.word(entry + 2, littleEndian: littleEndian)),
      let count = view.long(entry + 4, littleEndian: littleEndian),
      let offset = count <= 4 ? entry + 8 : view.long(entry + 8, littleEndian: littleEndian)
    else { return nil }
    let bytes = view.clamped(offset..<offset + min(count, limit)).withBytes { Array($0.prefix { $0 != 0 }) }
    let blank: (UInt8) -> Bool = { $0 <= 0x20 }
    let trimmed = bytes.drop(while: blank).reversed().drop(while: blank).reversed()
    return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
  }

  /// The offset of the entry with that tag.
  private func entry(_ tag: Int) -> Int? {
    for index in 0..<entryCount {
      let offset = start + 2 + 12 * index
      guard offset <= view.count - 12 else { return nil }
      if view.word(offset, littleEndian: littleEndian) == tag { return offset }
    }
    return nil
  }
}
