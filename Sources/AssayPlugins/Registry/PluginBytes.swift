import Glibc

/// Reads whole files of a registry.
enum PluginBytes {
  /// The bytes; nil with `errno` set if the file cannot be read or is longer than `limit`.
  static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    let bytes = read(file, atMost: limit)
    let reason = errno
    close(file)
    errno = reason
    return bytes
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
