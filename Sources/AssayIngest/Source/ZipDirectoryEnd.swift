import Glibc

/// The end-of-central-directory record of a zip: what the container itself says of its length.
///
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.14 (zip64) and 4.3.16.
enum ZipDirectoryEnd {
  /// The declared number of members; nil for a stream or where no record is found.
  static func memberCount(in input: ArchiveInput) -> Int? {
    guard let fileSize = input.fileSize else { return nil }
    // The record is 22 bytes and a comment of at most 65,535, at the very end of the file.
    let tailLength = min(fileSize, 22 + 65_535)
    guard let tail = bytes(input.descriptor, at: fileSize - tailLength, count: Int(tailLength)),
      let record = lastRecord(in: tail)
    else { return nil }
    let count = littleEndian(tail, record + 10, 2)
    guard count == 0xFFFF else { return Int(count) }
    return zip64Count(input, tail, record) ?? Int(count)
  }

  private static func lastRecord(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    let fitting = (0...(tail.count - 22)).reversed().lazy.filter { start in
      tail[start...].starts(with: [0x50, 0x4B, 5, 6])
        && start + 22 + Int(littleEndian(tail, start + 20, 2)) <= tail.count
    }
    // A comment may hold the look of a record: the one whose comment ends with the file is the true one.
    return fitting.first { $0 + 22 + Int(littleEndian(tail, $0 + 20, 2)) == tail.count } ?? fitting.first
  }

  /// The zip64 locator lies directly before the record and points at the record with the 64-bit count.
  private static func zip64Count(_ input: ArchiveInput, _ tail: [UInt8], _ record: Int) -> Int? {
    let locator = record - 20
    guard locator >= 0, tail[locator...].starts(with: [0x50, 0x4B, 6, 7]),
      let offset = Int64(exactly: littleEndian(tail, locator + 8, 8)),
      let large = bytes(input.descriptor, at: offset, count: 56), large.starts(with: [0x50, 0x4B, 6, 6])
    else { return nil }
    return Int(exactly: littleEndian(large, 32, 8))
  }

  private static func bytes(_ descriptor: Int32, at offset: Int64, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
    return got == count ? bytes : nil
  }

  private static func littleEndian(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
  }
}
