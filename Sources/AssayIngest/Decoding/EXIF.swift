/// The few facts of EXIF that explain incidents.
///
/// Source: CIPA DC-008 (Exif 2.32), sections 4.6.4 to 4.6.6.
package struct EXIF: Sendable, Hashable {
  /// Bytes kept of a text.
  package static let textLimit = 128

  /// The orientation to apply, 1...8; 1 where none or an invalid one is stored.
  package var orientation = 1
  /// Whether the stored orientation is not one of 1...8.
  package var hasInvalidOrientation = false
  package var make: String?
  package var model: String?
  package var software: String?
  /// `DateTimeOriginal` as stored, usually `YYYY:MM:DD HH:MM:SS`.
  package var takenAt: String?
  /// Whether a latitude or a longitude is there.
  package var hasPosition = false

  package init() {}
}

extension EXIF {
  /// Reads a TIFF structure; what cannot be read is left out.
  init(tiff view: ByteView) {
    self.init()
    guard let main = TIFFDirectory.first(of: view) else { return }
    make = main.text(0x010F, limit: Self.textLimit)
    model = main.text(0x0110, limit: Self.textLimit)
    software = main.text(0x0131, limit: Self.textLimit)
    if main.has(0x0112) {
      let stored = main.integer(0x0112) ?? 0
      hasInvalidOrientation = !(1...8).contains(stored)
      orientation = hasInvalidOrientation ? 1 : stored
    }
    takenAt = main.directory(0x8769)?.text(0x9003, limit: Self.textLimit)
    if let position = main.directory(0x8825) { hasPosition = position.has(2) || position.has(4) }
  }
}
