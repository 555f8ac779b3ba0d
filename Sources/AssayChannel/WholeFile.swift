import Glibc

/// Reads files of the user's own into memory: lists, profiles, plugins and their indexes. No bytes of a data set.
package enum WholeFile {
  /// The bytes of a file; nil with `errno` set if it cannot be read or is longer than `limit`.
  package static func bytes(_ path: String, atMost limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    let bytes = bytes(of: file, atMost: limit)
    let reason = errno
    close(file)
    errno = reason
    return bytes
  }

  /// As above, of an open descriptor.
  package static func bytes(of file: Int32, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    errno = EFBIG
    return nil
  }

  /// The text of a file, with bytes that are not UTF-8 replaced.
  package static func text(_ path: String, atMost limit: Int) -> String? {
    bytes(path, atMost: limit).map { String(decoding: $0, as: UTF8.self) }
  }
}
