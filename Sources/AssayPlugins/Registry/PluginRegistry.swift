import Glibc

/// The folders that may hold plugins, in the order they are searched, and the files in them.
///
/// The coordinator only names files here; they are opened as plain bytes, and loaded in a worker.
package struct PluginRegistry: Sendable {
  package let folders: [String]

  /// `extra` folders come first (`--plugin-path`), then `$ASSAY_PLUGIN_PATH`, the user's data folder, and the
  /// folder of the executable.
  package init(extra: [String], executableFolder: String) {
    var folders = extra
    folders += (Self.environment("ASSAY_PLUGIN_PATH") ?? "").split(separator: ":").map(String.init)
    if let data = Self.environment("XDG_DATA_HOME") ?? Self.environment("HOME").map({ $0 + "/.local/share" })
    {
      folders.append(data + "/assay/plugins")
    }
    folders += [executableFolder + "/Plugins", executableFolder]
    self.folders = folders
  }

  /// All candidate files. With `requiresPins`, a folder without an index is refused. Throws when a folder the user
  /// named cannot be read, or an index is wrong.
  package func files(requiresPins: Bool) throws(PluginError) -> [PluginFile] {
    var files: [PluginFile] = []
    for folder in folders { files += try Self.files(in: folder, requiresPins: requiresPins) }
    return files
  }

  private static func files(in folder: String, requiresPins: Bool) throws(PluginError) -> [PluginFile] {
    let indexPath = "\(folder)/\(PluginIndex.fileName)"
    if let bytes = PluginBytes.read(indexPath, atMost: 1 << 20) {
      let index = try PluginIndex(bytes, path: indexPath)
      return index.entries.map {
        PluginFile(folder: folder, file: $0.file, pin: PluginPin(sha256: $0.sha256, ids: $0.ids))
      }
    }
    let names = sharedObjects(in: folder)
    if requiresPins, !names.isEmpty {
      throw PluginError(
        "\(folder): holds plugins without an index (\(PluginIndex.fileName)); run `assay plugin pin`")
    }
    return names.map { PluginFile(folder: folder, file: $0, pin: nil) }
  }

  /// Shared objects whose name says plugin, sorted: a build folder holds other libraries as well.
  private static func sharedObjects(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
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

/// Reads whole files of a registry.
enum PluginBytes {
  /// The bytes; nil with `errno` set if the file cannot be read or is longer than `limit`.
  static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return read(file, atMost: limit)
  }

  /// As above, of an open descriptor.
  static func read(_ file: Int32, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    errno = EFBIG
    return nil
  }
}
