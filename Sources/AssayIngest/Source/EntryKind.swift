package import AssayCore

/// What one member of a source is, as far as its name tells.
package enum EntryKind: Sendable, Hashable {
  /// Its extension is an image's.
  case image
  /// Metadata that may join a record of the same stem.
  case sidecar(SidecarKind)
  /// Counted and never opened: operating-system litter, or what the schema's `ignore` names.
  case ignored
  /// Anything else; its first bytes decide whether it is an image after all.
  case unknown
}

/// The sidecar formats WebDataset and its likes put beside an image.
package enum SidecarKind: UInt8, Sendable, Hashable, CaseIterable {
  /// An object whose members become fields.
  case json
  /// A class number or name, which becomes the field `cls`.
  case cls
  /// Text, which becomes the field `txt`.
  case txt
  /// A vector, which becomes the field `npy`.
  case npy
}

/// Sorts members by name.
package struct EntryClassifier: Sendable {
  private let ignored: [Glob]

  package init(ignored: [Glob] = []) { self.ignored = ignored }

  package func kind(of name: EntryName) -> EntryKind {
    if Self.isLitter(name) || ignored.contains(where: { $0.matches(name.path) }) { return .ignored }
    let fileExtension = name.fileExtension
    if Self.imageExtensions.contains(fileExtension) { return .image }
    if let sidecar = SidecarKind(fileExtension: fileExtension) { return .sidecar(sidecar) }
    return .unknown
  }

  /// What archivers and file managers leave behind.
  private static func isLitter(_ name: EntryName) -> Bool {
    let base = name.baseName
    if base.starts(with: "._".utf8) { return true }
    if name.path.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("__MACOSX".utf8) }) {
      return true
    }
    return [".DS_Store", "Thumbs.db", "desktop.ini"].contains { base.elementsEqual($0.utf8) }
  }

  /// Extensions of formats that are decoded or at least recognised.
  package static let imageExtensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp", "tif", "tiff", "bmp", "dib", "avif", "heic",
    "heif", "jxl", "jp2", "j2k", "ico", "psd", "exr", "qoi", "pbm", "pgm", "ppm", "pnm", "dds", "tga", "hdr",
    "jls", "pcx", "dcm", "dicom", "fits",
  ]
}

extension SidecarKind {
  init?(fileExtension: String) {
    switch fileExtension {
    case "json": self = .json
    case "cls": self = .cls
    case "txt": self = .txt
    case "npy": self = .npy
    default: return nil
    }
  }
}
