import Glibc

/// Reads small files of the user's own: lists, schemas, profiles.
enum TextFile {
  /// The bytes of a file; nil with `errno` set if it cannot be read or is longer than `limit`.
  static func bytes(_ path: String, atMost limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        errno = EFBIG
        return nil
      }
    }
  }

  /// The text of a file, with bytes that are not UTF-8 replaced.
  static func read(_ path: String, atMost limit: Int) -> String? {
    bytes(path, atMost: limit).map { String(decoding: $0, as: UTF8.self) }
  }
}
