import AssayCore
import CArchive
import Glibc

/// Where a member's bytes are.
enum MemberBytes {
  /// As they are in the container's own file, from this offset on: they can be read there by anyone.
  case inPlace(offset: Int64)
  /// In another member that this one is a hard link to, and which has gone by.
  case elsewhere(EntryName)
  /// Behind a filter, or in a stream: to be read in turn by `ArchiveReader.read(into:)`.
  case sequential
}

/// One member of a container, before its bytes are read.
struct ArchiveMember {
  enum Kind { case file, directory, special }

  var name: EntryName
  var kind: Kind
  /// The size the container declares, where it does.
  var size: Int64?
  var bytes: MemberBytes
  var isEncrypted: Bool
}

/// Reads one container through libarchive, member by member, with exactly one format and one filter enabled.
///
/// Runs in a reader worker only. libarchive's `*_all` is never used: nested filters are how its own test files take
/// half a minute and a gigabyte.
final class ArchiveReader {
  let format: ArchiveFormat
  private let input: ArchiveInput
  private var archive: OpaquePointer
  private let source: String
  private let pulse: ReaderPulse?
  private var dataEnd: Int64 = 0
  /// What a damaged header said that libarchive went on after: whatever stood behind it is lost.
  private var damage: String?
  /// Headers read again after a damaged member.
  private var repeatedHeaders = 0
  /// Where members are that a hard link may name, in a container whose bytes can be read in place.
  private var places: [Digest128: Place] = [:]
  private(set) var memberCount = 0

  /// Recognises the container and opens it. Throws if it is none that is read, or cannot be opened.
  init(descriptor: Int32, source: String, pulse: ReaderPulse? = nil) throws(SourceError) {
    input = ArchiveInput(descriptor: descriptor, pulse: pulse)
    self.pulse = pulse
    self.source = source
    guard !input.prefix.isEmpty else {
      throw SourceError(source: source, reason: "the container is empty (0 bytes)")
    }
    guard let format = ArchiveFormat(prefix: input.prefix) else {
      throw SourceError(
        source: source,
        reason: "not a container that is read: expected tar (plain, gz, bz2, xz, zst), zip or 7z")
    }
    guard format.container == .tar || input.fileSize != nil else {
      // Their directory is at the end: read as a stream, links look like files and deleted members come back.
      throw SourceError(
        source: source, reason: "a \(format.container.rawValue) cannot be read as a stream; save it as a file"
      )
    }
    guard let archive = archive_read_new() else { throw SourceError(source: source, reason: "out of memory") }
    self.format = format
    self.archive = archive
    Self.enable(format, archive)
    guard input.open(archive) == ARCHIVE_OK else { throw failure() }
    // libarchive takes off as many layers as there are; only the first is ours to know of.
    guard archive_filter_count(archive) <= (format.filter == .none ? 1 : 2) else {
      throw SourceError(
        source: source,
        reason: "compressed more than once, \(format.filter) inside \(format.filter); unpack it once")
    }
  }

  deinit { archive_read_free(archive) }

  private static func enable(_ format: ArchiveFormat, _ archive: OpaquePointer) {
    switch format.container {
    case .tar:
      archive_read_support_format_tar(archive)
      // `cat a.tar b.tar` is a tar that goes on behind its end mark; stopping there would lose the rest quietly.
      archive_read_set_format_option(archive, "tar", "read_concatenated_archives", "1")
    case .zip: archive_read_support_format_zip(archive)
    case .sevenZip: archive_read_support_format_7zip(archive)
    }
    switch format.filter {
    case .none: break
    case .gzip: archive_read_support_filter_gzip(archive)
    case .bzip2: archive_read_support_filter_bzip2(archive)
    case .xz: archive_read_support_filter_xz(archive)
    case .zstd: archive_read_support_filter_zstd(archive)
    }
  }

  /// The next member, or nil at the end. Throws when the rest of the container cannot be read.
  func next() throws(SourceError) -> ArchiveMember? {
    var entry: OpaquePointer?
    var status = archive_read_next_header(archive, &entry)
    while status == ARCHIVE_RETRY {
      // The header of a member is broken, and libarchive looks for the next one it can read.
      damage = damage ?? "\(errorText) after member \(memberCount): members were lost there"
      status = archive_read_next_header(archive, &entry)
    }
    if status == ARCHIVE_EOF { return nil }
    guard status >= ARCHIVE_WARN, let entry else { throw failure() }
    memberCount += 1
    return member(entry)
  }

  private func member(_ entry: OpaquePointer) -> ArchiveMember {
    let size = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : nil
    let name = EntryName(pathBytes(entry))
    var member = ArchiveMember(
      name: name, kind: .file, size: size, bytes: .sequential,
      isEncrypted: archive_entry_is_data_encrypted(entry) != 0)
    // Some writers give a link no type at all; one with bytes of its own is a file like others.
    if size ?? 0 == 0, let target = archive_entry_hardlink(entry) {
      link(&member, to: EntryName(UnsafeRawBufferPointer(start: target, count: strlen(target))))
      return member
    }
    member.kind = Self.kind(entry)
    if let offset = plainOffset(entry, size: size, kind: member.kind) {
      member.bytes = .inPlace(offset: offset)
      remember(name, Place(offset: offset, size: size))
    }
    return member
  }

  private static func kind(_ entry: OpaquePointer) -> ArchiveMember.Kind {
    switch archive_entry_filetype(entry) & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    default: .special
    }
  }

  private struct Place {
    var offset: Int64
    var size: Int64?
  }

  /// The most members whose places are kept for links: 64 MiB of them.
  private static let mostPlaces = 1 << 20

  private func remember(_ name: EntryName, _ place: Place) {
    if places.count < Self.mostPlaces { places[Digest128(key: name.path)] = place }
  }

  /// Gives a link the bytes of its target, where they can still be read.
  private func link(_ member: inout ArchiveMember, to target: EntryName) {
    guard let place = places[Digest128(key: target.path)] else {
      member.bytes = .elsewhere(target)
      return
    }
    member.size = place.size
    member.bytes = .inPlace(offset: place.offset)
    remember(member.name, place)
  }

  /// In an unfiltered tar the bytes follow the header as they are; libarchive has consumed exactly up to them.
  private func plainOffset(_ entry: OpaquePointer, size: Int64?, kind: ArchiveMember.Kind) -> Int64? {
    guard format.container == .tar, let size else { return nil }
    let offset = archive_filter_bytes(archive, 0)
    let isSparse = archive_entry_sparse_count(entry) > 0
    // The holes of a sparse member are not in the container.
    dataEnd = offset + (kind == .file && !isSparse ? (min(size, 1 << 62) + 511) / 512 * 512 : 0)
    guard let fileSize = input.fileSize, format.filter == .none, kind == .file,
      !isSparse, size <= fileSize - offset
    else { return nil }
    return offset
  }

  private func pathBytes(_ entry: OpaquePointer) -> [UInt8] {
    guard let path = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else { return [] }
    // No file system takes a longer path than PATH_MAX; such a name is an attack, and keeps what tells it from others.
    let bytes = Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
    return bytes.count < Int(PATH_MAX) ? bytes : bytes.prefix(1024) + Array("~\(memberCount)".utf8)
  }

  /// What reading a piece of a member came to.
  enum Piece {
    case bytes(Int)
    case end
    /// This member cannot be read; the container goes on.
    case failed(String)
  }

  /// Reads the next bytes of the current member. Throws when the container itself is at its end.
  func read(into target: UnsafeMutableRawBufferPointer) throws(SourceError) -> Piece {
    let count = archive_read_data(archive, target.baseAddress, target.count)
    pulse?.moved()
    if count > 0 { return .bytes(count) }
    if count == 0 { return .end }
    guard count == Int(ARCHIVE_FATAL) else { return .failed(errorText) }
    let failure = failure()
    guard reopenPastMember() else { throw failure }
    return .failed(failure.reason)
  }

  /// The most headers read again in one zip: a bound on what many damaged members can cost.
  private static let mostRepeatedHeaders = 1_000_000

  /// Goes on after a member that libarchive gave up at: the directory of a zip leads past it. False for all others.
  private func reopenPastMember() -> Bool {
    repeatedHeaders += memberCount
    guard format.container == .zip, repeatedHeaders <= Self.mostRepeatedHeaders,
      lseek(input.descriptor, 0, SEEK_SET) == 0, let again = archive_read_new()
    else { return false }
    archive_read_free(archive)
    archive = again
    Self.enable(format, archive)
    guard input.open(archive) == ARCHIVE_OK else { return false }
    var entry: OpaquePointer?
    return (0..<memberCount).allSatisfy { _ in archive_read_next_header(archive, &entry) >= ARCHIVE_WARN }
  }

  /// Compares what was read with what the container declares of itself, after `next` gave nil.
  ///
  /// libarchive can lose zip members silently, and a tar that was cut between two members reads like a whole one.
  func checkCompleteness() throws(SourceError) {
    if let damage { throw SourceError(source: source, reason: damage) }
    if format.container == .zip {
      guard let declared = ZipDirectoryEnd.memberCount(in: input) else {
        throw SourceError(source: source, reason: "the zip has no directory at its end: it was cut short")
      }
      if declared == memberCount { return }
      throw SourceError(
        source: source,
        reason: "the zip directory declares \(counted(declared, "member")), \(memberCount) could be read"
      )
    }
    if format.container == .tar, archive_filter_bytes(archive, 0) < dataEnd + 512 {
      throw SourceError(
        source: source,
        reason:
          "the tar has no end mark (two blocks of zeros) after member \(memberCount): it may have been cut short"
      )
    }
  }

  private func failure() -> SourceError {
    let place = memberCount == 0 ? "" : " after member \(memberCount)"
    return SourceError(source: source, reason: errorText + place)
  }

  private var errorText: String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unreadable container"
  }
}
