import AssayChannel
import AssayCore
import CAssayPlugin
import CLinux
import Crypto
import Glibc

/// One shared object that has been hashed, sealed and mapped in this (worker) process. It stays loaded for good.
struct LoadedLibrary {
  let plugins: [LoadedPlugin]

  /// The largest file that is loaded, and the most plugins one file may hold.
  private static let mostBytes = 256 << 20
  private static let mostPlugins = 64

  /// Loads the file behind `descriptor`: reads it whole, holds its digest against the pin, seals a copy and maps that.
  init(_ file: PluginFile, descriptor: Int32) throws(PluginError) {
    guard let bytes = WholeFile.bytes(of: descriptor, atMost: Self.mostBytes) else {
      throw PluginError("\(file.path): \(lastSystemError())")
    }
    let digest = Hex.encode(bytes: Array(SHA256.hash(data: bytes)))
    if let pin = file.pin, pin.sha256 != digest {
      throw PluginError(
        "\(file.path): expected sha256 \(pin.sha256), found \(digest): the file was changed after it was pinned; "
          + "if you trust it as it is now, run `assay plugin pin \(file.folder)`")
    }
    let plugins = try Self.plugins(try Self.entryPoint(bytes, file), file, digest)
    try Self.check(file, plugins.map(\.description.id))
    self.plugins = plugins
  }

  private static func plugins(_ entry: Entry, _ file: PluginFile, _ digest: String) throws(PluginError)
    -> [LoadedPlugin]
  {
    var count = 0
    guard let descriptors = entry(&count), (1...mostPlugins).contains(count) else {
      throw PluginError("\(file.path): its entry point names \(count) plugins, expected 1 to \(mostPlugins)")
    }
    var plugins: [LoadedPlugin] = []
    for index in 0..<count {
      guard let descriptor = descriptors[index] else {
        throw PluginError("\(file.path): descriptor \(index) is NULL")
      }
      plugins.append(try LoadedPlugin(descriptor, file: file, sha256: digest))
    }
    return plugins
  }

  private static func check(_ file: PluginFile, _ ids: [String]) throws(PluginError) {
    if Set(ids).count < ids.count {
      throw PluginError("\(file.path): holds one id twice: \(ids.joined(separator: ", "))")
    }
    if let pin = file.pin, Set(pin.ids) != Set(ids) {
      throw PluginError(
        "\(file.path): the index names \(pin.ids.joined(separator: ", ")), the file holds "
          + "\(ids.joined(separator: ", ")); run `assay plugin pin \(file.folder)` if that is right")
    }
  }

  private typealias Entry =
    @convention(c) (UnsafeMutablePointer<Int>) -> UnsafePointer<UnsafePointer<assay_plugin_t>?>?

  private static func entryPoint(_ bytes: [UInt8], _ file: PluginFile) throws(PluginError) -> Entry {
    var path = [CChar](repeating: 0, count: 32)
    // The copy stays open: a later library under the same descriptor number would have the same path, and `dlopen`
    // would answer with this one.
    let copy = bytes.withUnsafeBytes { assay_sealed_copy($0.baseAddress, $0.count, &path, path.count) }
    guard copy >= 0 else { throw PluginError("\(file.path): cannot be sealed: \(lastSystemError())") }
    guard let handle = dlopen(&path, RTLD_NOW | RTLD_LOCAL) else {
      throw PluginError("\(file.path): cannot be loaded: \(loaderError())")
    }
    guard let symbol = dlsym(handle, ASSAY_PLUGIN_ENTRY) else {
      throw PluginError(
        "\(file.path): exports no \(ASSAY_PLUGIN_ENTRY), so it is no assay plugin; remove it from the folder, or "
          + "export the entry point (ASSAY_PLUGINS in assay_plugin_author.h)")
    }
    return unsafeBitCast(symbol, to: Entry.self)
  }

  private static func loaderError() -> String {
    dlerror().map { String(cString: $0) } ?? "unknown reason"
  }
}
