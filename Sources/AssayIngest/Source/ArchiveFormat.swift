/// The containers and outer compressions that are read, each named by its magic bytes.
package struct ArchiveFormat: Sendable, Hashable {
  package enum Container: String, Sendable, Hashable { case tar, zip, sevenZip = "7z" }
  package enum Filter: String, Sendable, Hashable { case none, gzip, bzip2, xz, zstd }

  package var container: Container
  package var filter: Filter

  /// The most bytes `init(prefix:)` looks at.
  package static let prefixLength = 512

  /// Recognises a container by its first bytes; anything compressed is taken for a tar inside. Nil if it is none.
  package init?(prefix: some RandomAccessCollection<UInt8>) {
    func starts(_ magic: [UInt8]) -> Bool { prefix.starts(with: magic) }
    if starts([0x50, 0x4B, 3, 4]) || starts([0x50, 0x4B, 5, 6]) || starts([0x50, 0x4B, 7, 8]) {
      self.init(.zip, .none)
    } else if starts([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      self.init(.sevenZip, .none)
    } else if starts([0x1F, 0x8B]) {
      self.init(.tar, .gzip)
    } else if starts(Array("BZh".utf8)) {
      self.init(.tar, .bzip2)
    } else if starts([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) {
      self.init(.tar, .xz)
    } else if starts([0x28, 0xB5, 0x2F, 0xFD]) {
      self.init(.tar, .zstd)
    } else if Self.isTar(Array(prefix)) {
      self.init(.tar, .none)
    } else {
      return nil
    }
  }

  private init(_ container: Container, _ filter: Filter) {
    self.container = container
    self.filter = filter
  }

  /// POSIX and GNU tars carry `ustar` at 257; older ones only a header checksum that adds up. A block of zeros is
  /// the end mark, so an empty tar begins with it.
  private static func isTar(_ block: [UInt8]) -> Bool {
    guard block.count == prefixLength else { return false }
    if block[257..<262].elementsEqual("ustar".utf8) || block.allSatisfy({ $0 == 0 }) { return true }
    let stored = block[148..<156].filter { (0x30...0x37).contains($0) }.reduce(0) { $0 * 8 + Int($1 - 0x30) }
    let sum = block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
    return stored > 0 && stored == sum
  }
}
