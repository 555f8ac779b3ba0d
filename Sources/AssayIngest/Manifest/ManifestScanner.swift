import AssayCore
import Crypto
import Glibc

/// Finds the rows of a manifest, in order and in bounded memory, without keeping any of them.
package final class ManifestScanner {
  /// Where one row is, and what it points to.
  package struct Row: Sendable, Hashable {
    package var offset: Int64
    package var count: Int
    /// Counted from 1, without the header.
    package var number: Int
    /// What the path column says; nil without such a column, where the row cannot be read, and where no path is wanted.
    package var path: [UInt8]?
    /// Why it cannot be read, where paths are wanted and it was tried.
    package var flaw: String?
    /// Eight bytes of a SHA-256 of the columns' names and its bytes, where paths are wanted: rows that have the same say
    /// the same.
    package var digest: UInt64 = 0
  }

  package let dialect: ManifestDialect
  private let descriptor: Int32
  private let pathColumn: String?
  private let readsPaths: Bool
  private let fields: RowFields
  private let splitter: RowSplitter
  /// What the digest of every row begins with.
  private let columnsHash: SHA256
  private var buffer: [UInt8] = []
  private var bufferOffset: Int64
  private var position = 0
  private var isAtEnd = false
  private var number = 0
  /// Called before every stretch of the file that is read.
  package var willFill: () -> Void = {}

  /// The longest row that is read.
  package static let mostRowBytes = 16 << 20
  private static let chunk = 1 << 20

  /// Reads the header; `hasPaths` if rows may point to images. Throws the reason if the file is no manifest.
  package init(descriptor: Int32, declaredPathColumn: String?, hasPaths: Bool) throws(SourceError.Reason) {
    self.descriptor = descriptor
    var prefix = [UInt8](repeating: 0, count: Self.chunk)
    let count = prefix.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw "cannot be read" }
    let found = prefix.withUnsafeBytes { bytes -> Result<ManifestDialect, SourceError.Reason> in
      let filled = UnsafeRawBufferPointer(rebasing: bytes[..<count])
      do throws(SourceError.Reason) {
        return .success(try ManifestDialect(prefix: filled, isTruncated: count == bytes.count))
      } catch {
        return .failure(error)
      }
    }
    dialect = try found.get()
    pathColumn =
      dialect.format == .jsonLines ? declaredPathColumn : dialect.pathColumn(declared: declaredPathColumn)
    if let pathColumn, dialect.format == .delimited, !dialect.columns.contains(pathColumn) {
      throw "has no column \"\(pathColumn)\"; it has \(dialect.columns.joined(separator: ", "))"
    }
    readsPaths =
      switch dialect.format {
      case .records: false
      case .jsonLines: hasPaths
      case .delimited: hasPaths && pathColumn != nil
      }
    fields = RowFields(dialect)
    columnsHash = dialect.columns.reduce(into: SHA256()) { $0.update(data: Array("\($1)\0".utf8)) }
    splitter = RowSplitter(format: dialect.format, delimiter: dialect.delimiter)
    bufferOffset = Int64(dialect.headerCount)
  }

  /// The next row that is not blank; nil at the end. Throws the reason when the file cannot be read on.
  package func next() throws(SourceError.Reason) -> Row? {
    while true {
      let found = buffer.withUnsafeBytes { splitter.next(in: $0, from: position, atEnd: isAtEnd) }
      guard let found else {
        if isAtEnd { return nil }
        try fill()
        continue
      }
      let start = position
      position = found.next
      if found.content.isEmpty { continue }
      number += 1
      var row = Row(offset: bufferOffset + Int64(start), count: found.content.count, number: number)
      if readsPaths { look(at: found.content, &row) }
      return row
    }
  }

  private func fill() throws(SourceError.Reason) {
    willFill()
    buffer.removeFirst(position)
    bufferOffset += Int64(position)
    position = 0
    guard buffer.count <= Self.mostRowBytes else {
      throw "row \(number + 1) is longer than \(Self.mostRowBytes) bytes; is a quote never closed?"
    }
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.chunk))
    let count = buffer.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress! + start, Self.chunk, off_t(bufferOffset) + off_t(start))
    }
    buffer.removeLast(Self.chunk - max(0, count))
    guard count >= 0 else { throw "cannot be read after row \(number)" }
    isAtEnd = count == 0
  }

  /// Says of a row what only its text can tell: the coordinator does not look into it.
  private func look(at range: Range<Int>, _ row: inout Row) {
    buffer.withUnsafeBytes { bytes in
      let content = UnsafeRawBufferPointer(rebasing: bytes[range])
      var hash = columnsHash
      hash.update(bufferPointer: content)
      row.digest = hash.finalize().withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
      switch fields.parse(content) {
      case .malformed(let reason): row.flaw = String(reason.prefix(Self.mostFlawCharacters))
      case .fields(let fields):
        let name = ManifestDialect.pathName(among: fields.map(\.name), declared: pathColumn)
        row.path = fields.first { $0.name == name }?.value.text.map { Array($0.utf8) }
      }
    }
  }

  /// A reason may quote a column's name, and those are as long as they like.
  private static let mostFlawCharacters = 200
}
