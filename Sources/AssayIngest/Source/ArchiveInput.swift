import AssayChannel
import CArchive
import CLinux
import Glibc

/// The bytes of a container on their way into libarchive: a descriptor, with the bytes that were read to recognise
/// the format put back in front when it cannot be rewound.
final class ArchiveInput {
  let descriptor: Int32
  /// The file's size when it is a regular file, and so can seek and be read at any offset.
  let fileSize: Int64?
  /// The first bytes, as far as there are any.
  private(set) var prefix: [UInt8]
  private var prefixPending: Bool
  private let pulse: ReaderPulse?
  private var bytesRead: Int64 = 0
  private var buffer = [UInt8](repeating: 0, count: 256 * 1024)

  /// Takes a descriptor it does not own, and reads the prefix.
  init(descriptor: Int32, pulse: ReaderPulse? = nil) {
    self.descriptor = descriptor
    self.pulse = pulse
    let size = assay_regular_size(descriptor)
    let isRegular = size >= 0
    fileSize = isRegular ? size : nil
    func readPrefix() -> [UInt8] { Self.readPrefix(descriptor, rewinding: isRegular) }
    prefix = pulse?.waiting(readPrefix) ?? readPrefix()
    prefixPending = !isRegular
  }

  private static func readPrefix(_ descriptor: Int32, rewinding: Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: ArchiveFormat.prefixLength)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { target -> Int in
        let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
        return rewinding
          ? pread(descriptor, rest.baseAddress, rest.count, off_t(filled))
          : Glibc.read(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  /// Hands this input to libarchive. `self` must outlive the archive's last use.
  func open(_ archive: OpaquePointer) -> Int32 {
    let context = Unmanaged.passUnretained(self).toOpaque()
    archive_read_set_read_callback(archive) { archive, context, block in
      ArchiveInput.from(context).read(archive, block)
    }
    if fileSize != nil {
      archive_read_set_seek_callback(archive) { _, context, offset, whence in
        Int64(lseek(ArchiveInput.from(context).descriptor, off_t(offset), whence))
      }
      archive_read_set_skip_callback(archive) { _, context, count in
        ArchiveInput.from(context).skip(count)
      }
    }
    archive_read_set_callback_data(archive, context)
    return archive_read_open1(archive)
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> ArchiveInput {
    // libarchive gives back the pointer `open` set, which is never nil.
    Unmanaged<ArchiveInput>.fromOpaque(context!).takeUnretainedValue()
  }

  private func read(_ archive: OpaquePointer?, _ block: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    if prefixPending {
      prefixPending = false
      buffer.replaceSubrange(0..<prefix.count, with: prefix)
      return give(prefix.count, block)
    }
    while true {
      let count = readBlock()
      if count >= 0 {
        noteProgress(count)
        return give(count, block)
      }
      guard errno == EINTR else {
        archive_set_error_text(archive, errno, lastSystemError())
        return Int(ARCHIVE_FATAL)
      }
    }
  }

  private func readBlock() -> Int {
    func read() -> Int {
      buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    }
    return pulse?.waiting(read) ?? read()
  }

  /// New input is progress; a file that is read over and over is none.
  private func noteProgress(_ count: Int) {
    bytesRead += Int64(count)
    if let fileSize, bytesRead > 4 * fileSize + 64 << 20 { return }
    pulse?.moved()
  }

  private func give(_ count: Int, _ block: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    // The array is neither resized nor shared while libarchive reads from it, so its storage stays where it is.
    block?.pointee = buffer.withUnsafeBytes { $0.baseAddress }
    return count
  }

  /// Skips forward, never past the end: libarchive takes a short answer as a reason to read on.
  private func skip(_ count: Int64) -> Int64 {
    let here = lseek(descriptor, 0, SEEK_CUR)
    guard let fileSize, here >= 0, count > 0 else { return 0 }
    let target = min(Int64(here) + count, fileSize)
    guard lseek(descriptor, off_t(target), SEEK_SET) >= 0 else { return 0 }
    return target - Int64(here)
  }
}
