import CAssayPlugin

/// Texts across the C interface.
enum CText {
  /// A copy of a text that is not zero-terminated.
  static func read(_ text: assay_text_t) -> String {
    text.bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: text.length), as: UTF8.self) }
      ?? ""
  }

  /// A zero-terminated copy that lives as long as the library is loaded: descriptors are never freed.
  static func immortal(_ text: String) -> UnsafePointer<CChar> {
    let bytes = Array(text.utf8CString)
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    copy.initialize(from: bytes, count: bytes.count)
    return UnsafePointer(copy)
  }

  /// Copies of elements that live as long as the library is loaded; nil for none.
  static func immortal<Element>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    copy.initialize(from: elements, count: elements.count)
    return UnsafePointer(copy)
  }

  /// Stores as much of a message as there is room for.
  static func write(_ text: String, to message: UnsafeMutablePointer<assay_message_t>?) {
    guard let message, let room = message.pointee.bytes else { return }
    let bytes = text.utf8.prefix(message.pointee.capacity)
    for (index, byte) in bytes.enumerated() { room[index] = CChar(bitPattern: byte) }
    message.pointee.length = bytes.count
  }

  /// Copies `text` into the room behind `used`; nil if it does not fit.
  static func store(_ text: String, _ room: UnsafeMutablePointer<CChar>?, _ capacity: Int, _ used: inout Int)
    -> assay_text_t?
  {
    let bytes = Array(text.utf8)
    guard let room, bytes.count <= capacity - used else { return nil }
    let start = room + used
    for (index, byte) in bytes.enumerated() { start[index] = CChar(bitPattern: byte) }
    used += bytes.count
    return assay_text_t(bytes: start, length: bytes.count)
  }
}
