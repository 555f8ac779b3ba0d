import AssayChannel
import CAssayPlugin
import CLinux
import Crypto
import Glibc

/// One shared object that has been hashed, sealed and mapped in this (worker) process. It stays loaded for good.
struct LoadedLibrary {
  let plugins: [LoadedPlugin]

  /// Loads the file behind `descriptor`: reads it whole, holds its digest against the pin, seals a copy and maps that.
  init(_ file: PluginFile, descriptor: Int32) throws(PluginError) {
    guard let bytes = PluginBytes.read(descriptor, atMost: 256 << 20) else {
      throw PluginError("\(file.path): \(lastSystemError())")
    }
    let digest = SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    if let pin = file.pin, pin.sha256 != digest {
      throw PluginError(
        "\(file.path): the index expects sha256 \(pin.sha256), found \(digest); the file was changed after it was pinned"
      )
    }
    let entry = try Self.entryPoint(bytes, file)
    var count = 0
    guard let descriptors = entry(&count), (0...64).contains(count) else {
      throw PluginError("\(file.path): its entry point names no plugins")
    }
    var plugins: [LoadedPlugin] = []
    for index in 0..<count {
      guard let descriptor = descriptors[index] else {
        throw PluginError("\(file.path): descriptor \(index) is NULL")
      }
      plugins.append(try LoadedPlugin(descriptor, file: file, sha256: digest))
    }
    if let pin = file.pin, Set(pin.ids) != Set(plugins.map(\.description.id)) {
      throw PluginError(
        "\(file.path): the index names \(pin.ids.joined(separator: ", ")), the file holds "
          + plugins.map(\.description.id).joined(separator: ", "))
    }
    self.plugins = plugins
  }

  private typealias Entry =
    @convention(c) (UnsafeMutablePointer<Int>) -> UnsafePointer<UnsafePointer<assay_plugin_t>?>?

  private static func entryPoint(_ bytes: [UInt8], _ file: PluginFile) throws(PluginError) -> Entry {
    var path = [CChar](repeating: 0, count: 32)
    let copy = bytes.withUnsafeBytes { assay_sealed_copy($0.baseAddress, $0.count, &path, path.count) }
    guard copy >= 0 else { throw PluginError("\(file.path): cannot be sealed: \(lastSystemError())") }
    guard let handle = dlopen(&path, RTLD_NOW | RTLD_LOCAL) else {
      throw PluginError(
        "\(file.path): cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "unknown reason")")
    }
    guard let symbol = dlsym(handle, ASSAY_PLUGIN_ENTRY) else {
      throw PluginError("\(file.path): exports no \(ASSAY_PLUGIN_ENTRY); it is not an assay plugin")
    }
    return unsafeBitCast(symbol, to: Entry.self)
  }
}
