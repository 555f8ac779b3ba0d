import CLinux
import Glibc

/// How many bytes of a source have been read, and how many there are.
package struct SourceExtent: Hashable {
  package var read: Int64
  package let total: Int64

  package init(read: Int64, total: Int64) {
    self.read = read
    self.total = total
  }

  /// Nothing to be read.
  package static let nothing = SourceExtent(read: 0, total: 0)

  /// All of it.
  package var atEnd: SourceExtent { SourceExtent(read: total, total: total) }

  /// Which part of all of them has been read; nil where one is not known.
  package static func share(of extents: [SourceExtent?]) -> Double? {
    let known = extents.compactMap(\.self)
    let total = known.reduce(0) { $0 + $1.total }
    guard known.count == extents.count, total > 0 else { return nil }
    return Double(known.reduce(0) { $0 + min($1.read, $1.total) }) / Double(total)
  }
}

extension SourceExtent {
  /// Of an open regular file, of which nothing has been read; nil of a pipe.
  init?(file: Int32) {
    let size = assay_regular_size(file)
    guard size >= 0 else { return nil }
    self.init(read: 0, total: size)
  }
}
