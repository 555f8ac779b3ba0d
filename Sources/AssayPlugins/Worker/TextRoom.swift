import CAssayPlugin

/// The room that a plugin copies its texts to.
struct TextRoom {
  private let room: UnsafeBufferPointer<CChar>

  init(_ room: UnsafeBufferPointer<CChar>) { self.room = room }

  /// A copy of a text, fit to be printed; nil where it does not lie in the room.
  func text(_ text: assay_text_t) -> String? {
    if text.length == 0 { return "" }
    guard let bytes = text.bytes, let base = room.baseAddress, bytes >= base, text.length > 0,
      text.length <= room.count, bytes - base <= room.count - text.length
    else { return nil }
    let copy = UnsafeRawBufferPointer(start: bytes, count: text.length)
    return PluginText.printable(String(decoding: copy, as: UTF8.self))
  }
}
