import CArchive

/// Writes containers for tests, through libarchive's own writer.
package enum ArchiveForge {
  package enum Format: String, Sendable, CaseIterable {
    case tar, tarGzip, tarBzip2, tarXz, tarZstd, zip, sevenZip
  }

  /// One member: a file, or a folder when it has no bytes.
  package struct Member: Sendable {
    package var path: String
    package var bytes: [UInt8]?
    /// The member it is a hard link to, without bytes of its own.
    package var target: String?

    package init(_ path: String, _ bytes: [UInt8]?) {
      self.path = path
      self.bytes = bytes
    }

    package init(_ path: String, linkTo target: String) {
      self.path = path
      bytes = []
      self.target = target
    }
  }

  /// A container with those members, in their order.
  package static func archive(_ format: Format, _ members: [Member]) -> [UInt8] {
    guard let archive = archive_write_new() else { preconditionFailure("no memory for an archive") }
    defer { archive_write_free(archive) }
    set(format, archive)
    var room = [UInt8](
      repeating: 0, count: 1 << 20 + members.reduce(0) { $0 + ($1.bytes?.count ?? 0) + 4096 })
    var used = 0
    room.withUnsafeMutableBytes { room in
      precondition(archive_write_open_memory(archive, room.baseAddress, room.count, &used) == ARCHIVE_OK)
      for member in members { write(member, archive) }
      precondition(archive_write_close(archive) == ARCHIVE_OK)
    }
    return Array(room[..<used])
  }

  /// The bytes, compressed once more.
  package static func gzipped(_ bytes: [UInt8]) -> [UInt8] {
    guard let archive = archive_write_new(), let entry = archive_entry_new() else {
      preconditionFailure("no memory for an archive")
    }
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    archive_write_set_format_raw(archive)
    archive_write_add_filter_gzip(archive)
    archive_entry_set_filetype(entry, 0o100000)
    var room = [UInt8](repeating: 0, count: 1 << 20 + 2 * bytes.count)
    var used = 0
    room.withUnsafeMutableBytes { room in
      precondition(archive_write_open_memory(archive, room.baseAddress, room.count, &used) == ARCHIVE_OK)
      precondition(archive_write_header(archive, entry) == ARCHIVE_OK)
      precondition(archive_write_data(archive, bytes, bytes.count) == bytes.count)
      precondition(archive_write_close(archive) == ARCHIVE_OK)
    }
    return Array(room[..<used])
  }

  private static func set(_ format: Format, _ archive: OpaquePointer) {
    switch format {
    case .tar: archive_write_set_format_ustar(archive)
    case .tarGzip:
      archive_write_set_format_ustar(archive)
      archive_write_add_filter_gzip(archive)
    case .tarBzip2:
      archive_write_set_format_ustar(archive)
      archive_write_add_filter_bzip2(archive)
    case .tarXz:
      archive_write_set_format_ustar(archive)
      archive_write_add_filter_xz(archive)
    case .tarZstd:
      archive_write_set_format_ustar(archive)
      archive_write_add_filter_zstd(archive)
    case .zip: archive_write_set_format_zip(archive)
    case .sevenZip: archive_write_set_format_7zip(archive)
    }
  }

  private static func write(_ member: Member, _ archive: OpaquePointer) {
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, member.path)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_filetype(entry, member.bytes == nil ? 0o040000 : 0o100000)
    archive_entry_set_size(entry, Int64(member.bytes?.count ?? 0))
    if let target = member.target { archive_entry_set_hardlink(entry, target) }
    precondition(archive_write_header(archive, entry) == ARCHIVE_OK, member.path)
    if let bytes = member.bytes, !bytes.isEmpty {
      precondition(archive_write_data(archive, bytes, bytes.count) == bytes.count, member.path)
    }
  }
}
