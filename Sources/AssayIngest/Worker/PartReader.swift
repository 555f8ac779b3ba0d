import AssayChannel
import AssayCore
import CLinux
import Glibc

/// Gets the bytes of one assignment's members, wherever they are: files, stretches of an archive, arenas.
final class PartReader {
  enum Fetched {
    /// Valid until the next `fetch`.
    case bytes(UnsafeRawBufferPointer)
    case missing(MissingBytes)
  }

  private let arenas: [SharedArena]
  private let limits: RecordLimits
  private var descriptors: [Int32] = []
  /// Grows to the largest member seen, never beyond `limits.memberBytes`.
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)

  init(arenas: [SharedArena], limits: RecordLimits) {
    self.arenas = arenas
    self.limits = limits
  }

  deinit {
    end()
    buffer.deallocate()
  }

  /// Adopts the descriptors of an assignment.
  func begin(_ descriptors: [Int32]) { self.descriptors = descriptors }

  /// Closes the assignment's descriptors.
  func end() {
    for descriptor in descriptors { close(descriptor) }
    descriptors = []
  }

  func fetch(_ place: BytePlace) -> Fetched {
    switch place {
    case .missing(let outcome, let code, let detail):
      return .missing(MissingBytes(outcome: outcome, code: code, detail: detail))
    case .arena(let index, let offset, let count):
      guard arenas.indices.contains(index), let bytes = arenas[index].bytes(at: offset, count: count) else {
        return .missing(.unreadable("its shared memory is gone"))
      }
      return .bytes(bytes)
    case .span(let index, let offset, let count):
      guard descriptors.indices.contains(index) else { return .missing(.unreadable("no descriptor")) }
      return read(descriptors[index], at: offset, count: count)
    case .file(let index):
      guard descriptors.indices.contains(index) else { return .missing(.unreadable("no descriptor")) }
      let size = assay_regular_size(descriptors[index])
      guard size >= 0 else { return .missing(.unreadable("not a regular file")) }
      return read(descriptors[index], at: 0, count: Int(size))
    }
  }

  private func read(_ descriptor: Int32, at offset: Int64, count: Int) -> Fetched {
    guard count <= limits.memberBytes else {
      let detail = "\(count) bytes, at most \(limits.memberBytes) are read"
      return .missing(MissingBytes(outcome: .refused, code: .limitBytes, detail: detail))
    }
    grow(to: count)
    var filled = 0
    while filled < count {
      let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset) + filled)
      if got < 0, errno == EINTR { continue }
      if got < 0 { return .missing(.unreadable(lastSystemError())) }
      if got == 0 { return .missing(.changed(expected: count, found: filled)) }
      filled += got
    }
    return .bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }

  private func grow(to count: Int) {
    guard count > buffer.count else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: count + count / 4, alignment: 64)
  }
}

/// Why a member's bytes could not be had: a value, because bad data is not an error.
struct MissingBytes {
  var outcome: DecodeOutcome
  var code: ReasonCode
  var detail: String

  static func unreadable(_ detail: String) -> MissingBytes {
    MissingBytes(outcome: .unreadable, code: .unreadable, detail: detail)
  }

  /// The file became shorter while it was read.
  static func changed(expected: Int, found: Int) -> MissingBytes {
    MissingBytes(
      outcome: .unreadable, code: .sourceChanged,
      detail: "expected \(expected) bytes, found \(found): the file changed while it was read")
  }
}
