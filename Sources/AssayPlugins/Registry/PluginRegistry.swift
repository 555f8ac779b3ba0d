import AssayChannel
import Glibc

/// The folders that may hold plugins, in the order they are searched, and the files in them.
///
/// The coordinator only names files here; they are opened as plain bytes, and loaded in a worker.
package struct PluginRegistry: Sendable {
  /// One place to look.
  private struct Folder: Sendable {
    var path: String
    /// Somebody named it, so it has to be there.
    var isRequired: Bool
  }

  private let searched: [Folder]
  private let usesIndexes: Bool

  /// The folders, in the order they are searched.
  package var folders: [String] { searched.map(\.path) }

  /// One folder, and its index left aside: for making a new one.
  package init(only folder: String) {
    searched = [Folder(path: folder, isRequired: true)]
    usesIndexes = false
  }

  /// These folders and no others, with their indexes.
  package init(folders: [String]) {
    searched = folders.map { Folder(path: $0, isRequired: true) }
    usesIndexes = true
  }

  /// `extra` folders come first (`--plugin-path`), then `$ASSAY_PLUGIN_PATH`, the user's data folder, and the
  /// folder of the executable.
  package init(extra: [String], executableFolder: String) {
    let named = extra + (Self.environment("ASSAY_PLUGIN_PATH") ?? "").split(separator: ":").map(String.init)
    var standard: [String] = []
    if let data = Self.environment("XDG_DATA_HOME") ?? Self.environment("HOME").map({ $0 + "/.local/share" })
    {
      standard.append(data + "/assay/plugins")
    }
    standard += [executableFolder + "/Plugins", executableFolder]
    searched =
      named.map { Folder(path: $0, isRequired: true) } + standard.map { Folder(path: $0, isRequired: false) }
    usesIndexes = true
  }

  /// All candidate files. With `requiresPins`, a folder without an index is refused. Throws when a folder the user
  /// named cannot be read, or an index is wrong or unreadable.
  package func files(requiresPins: Bool) throws(PluginError) -> [PluginFile] {
    var files: [PluginFile] = []
    var seen: Set<FolderIdentity> = []
    for folder in searched {
      // A folder that is named twice, or under two names, is one folder and no duplicate.
      if let identity = FolderIdentity(folder.path), !seen.insert(identity).inserted { continue }
      files += try self.files(in: folder, requiresPins: requiresPins)
    }
    return files
  }

  private func files(in folder: Folder, requiresPins: Bool) throws(PluginError) -> [PluginFile] {
    if usesIndexes, let index = try Self.index(of: folder.path) {
      return index.entries.map {
        PluginFile(folder: folder.path, file: $0.file, pin: PluginPin(sha256: $0.sha256, ids: $0.ids))
      }
    }
    let names = try Self.sharedObjects(in: folder)
    if requiresPins, !names.isEmpty {
      throw PluginError(
        "\(folder.path): holds plugins without an index (\(PluginIndex.fileName)); run `assay plugin pin`")
    }
    return names.map { PluginFile(folder: folder.path, file: $0, pin: nil) }
  }

  /// The folder's index, nil if it has none. One that is there and cannot be read is an error: passing over it would
  /// quietly unpin the folder.
  private static func index(of folder: String) throws(PluginError) -> PluginIndex? {
    let path = "\(folder)/\(PluginIndex.fileName)"
    if let bytes = WholeFile.bytes(path, atMost: 1 << 20) { return try PluginIndex(bytes, path: path) }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw PluginError("\(path): cannot be read: \(lastSystemError())")
    }
    return nil
  }

  /// Shared objects whose name says plugin, sorted: a build folder holds other libraries as well.
  private static func sharedObjects(in folder: Folder) throws(PluginError) -> [String] {
    guard let stream = opendir(folder.path) else {
      if !folder.isRequired { return [] }
      throw PluginError("\(folder.path): not a folder of plugins: \(lastSystemError())")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix("libAssayPlugin"), name.hasSuffix(".so") { names.append(name) }
    }
    return names.sorted()
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Which folder a path leads to, whatever it is called.
private struct FolderIdentity: Hashable {
  var device: UInt
  var inode: UInt

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
  }
}
