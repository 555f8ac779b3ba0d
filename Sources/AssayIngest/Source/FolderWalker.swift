import AssayChannel
import CLinux
import Glibc

/// What a folder walk meets, in byte order of the paths.
package enum FolderEvent: Sendable {
  case file(EntryName)
  case directory(EntryName)
  /// A symbolic link, a socket, a device: counted, never followed or opened.
  case special(EntryName)
  /// A folder or name that could not be read, and why.
  case failed(EntryName, reason: String)
}

/// Lists a folder tree, depth first and sorted by raw bytes, one directory in memory at a time.
///
/// Symbolic links are not followed. The root stays open, so that files are opened below it and nowhere else.
package final class FolderWalker {
  /// An open descriptor of the root folder, valid as long as the walker lives.
  package let root: Int32
  private var levels: [Level] = []

  private struct Level {
    var prefix: [UInt8]
    var listing: DirectoryListing
    var next = 0
  }

  /// Opens the root. Throws `SourceError` if it cannot be read.
  package init(path: String) throws(SourceError) {
    root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else {
      throw SourceError(source: path, reason: "cannot open the folder: \(lastSystemError())")
    }
    guard let listing = DirectoryListing(directory: root) else {
      throw SourceError(source: path, reason: "cannot list the folder: \(lastSystemError())")
    }
    levels = [Level(prefix: [], listing: listing)]
  }

  deinit { close(root) }

  /// The next event; nil at the end.
  package func next() -> FolderEvent? {
    while let level = levels.last {
      guard level.next < level.listing.count else {
        levels.removeLast()
        continue
      }
      levels[levels.count - 1].next += 1
      return event(for: level.listing[level.next], in: level.prefix)
    }
    return nil
  }

  private func event(for child: DirectoryListing.Child, in prefix: [UInt8]) -> FolderEvent {
    let name = EntryName(prefix + child.name)
    switch child.type {
    case .file: return .file(name)
    case .special: return .special(name)
    case .directory: return descend(name)
    }
  }

  private func descend(_ name: EntryName) -> FolderEvent {
    // Deeper trees than this are loops of bind mounts or hostile; PATH_MAX ends them anyway.
    guard levels.count < 256 else { return .failed(name, reason: "folders nest more than 256 deep") }
    let directory = (name.path + [0]).withUnsafeBufferPointer { path in
      path.withMemoryRebound(to: CChar.self) { assay_open_beneath(root, $0.baseAddress) }
    }
    guard directory >= 0 else { return .failed(name, reason: lastSystemError()) }
    defer { close(directory) }
    guard let listing = DirectoryListing(directory: directory) else {
      return .failed(name, reason: lastSystemError())
    }
    levels.append(Level(prefix: name.path + [UInt8(ascii: "/")], listing: listing))
    return .directory(name)
  }
}

/// The sorted names of one directory in two flat arrays: a million names cost about 30 bytes each.
private struct DirectoryListing {
  enum ChildType: UInt8 { case file, directory, special }

  struct Child {
    var name: ArraySlice<UInt8>
    var type: ChildType
  }

  private struct Place {
    var offset: UInt32
    var length: UInt16
    var type: ChildType
  }

  private var names: [UInt8] = []
  private var places: [Place] = []

  var count: Int { places.count }

  subscript(index: Int) -> Child {
    let place = places[index]
    return Child(name: names[Int(place.offset)..<Int(place.offset) + Int(place.length)], type: place.type)
  }

  /// Reads and sorts; nil with `errno` set if the directory cannot be listed. `directory` stays open.
  init?(directory: Int32) {
    let copy = fcntl(directory, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0, let stream = fdopendir(copy) else { return nil }
    defer { closedir(stream) }
    errno = 0
    while let entry = readdir(stream) { add(entry, in: directory) }
    guard errno == 0 else { return nil }
    sort()
  }

  private mutating func add(_ entry: UnsafeMutablePointer<dirent>, in directory: Int32) {
    let kind = entry.pointee.d_type
    withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
        let length = strlen(name)
        let bytes = UnsafeRawBufferPointer(start: name, count: length)
        if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { return }
        let type = Self.type(kind, name, directory)
        places.append(Place(offset: UInt32(names.count), length: UInt16(length), type: type))
        names.append(contentsOf: bytes)
      }
    }
    errno = 0
  }

  private static func type(_ kind: UInt8, _ name: UnsafePointer<CChar>, _ directory: Int32) -> ChildType {
    switch Int(kind) {
    case Int(DT_REG): return .file
    case Int(DT_DIR): return .directory
    case Int(DT_UNKNOWN):
      let type = assay_file_type(directory, name)
      return type == ASSAY_FILE_REGULAR ? .file : type == ASSAY_FILE_DIRECTORY ? .directory : .special
    default: return .special
    }
  }

  private mutating func sort() {
    names.withUnsafeBytes { bytes in
      places.sort { left, right in
        let shared = Int(min(left.length, right.length))
        // The array is not empty when two places are compared, so its base address exists.
        let order = memcmp(
          bytes.baseAddress! + Int(left.offset), bytes.baseAddress! + Int(right.offset), shared)
        return order == 0 ? left.length < right.length : order < 0
      }
    }
  }
}
