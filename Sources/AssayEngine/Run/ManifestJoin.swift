import AssayCore
import AssayIngest

/// Joins manifest rows to images by path: exact, whatever comes first in either.
///
/// Rows of one path that are the same are one row. Where they differ none is used: a guess would be taken for a label, and
/// another order of the rows would make another profile.
///
/// *Memory*: that of `RowTable`; the rows themselves stay in their files.
final class ManifestJoin {
  private let rows: RowTable
  private(set) var matchedRows = 0
  /// Images for which no manifest has a row.
  private(set) var orphanImages = 0

  /// The join shares `memory` with the other indexes of its run.
  init(_ memory: IndexMemory) throws(OutputError) { rows = try RowTable(memory) }

  var rowCount: Int { rows.count }

  private var imageCount = 0
  /// Rows by what near matches are known by, of the first rows only: they are hints.
  private var looseRows: [Int: Int] = [:]
  private static let mostLooseRows = 1 << 20
  /// Rows that name an image in other letters: no image is missing for them.
  private var nearRows = 0
  private var names: [Int: String] = [:]
  private var orphans = RemarkCount(
    kind: RemarkKind(code: FindingCode.manifestOrphans.rawValue, severity: .warn, subject: "manifest.images"))
  private var malformed = RemarkCount(
    kind: RemarkKind(code: ReadingCode.malformedRow.rawValue, severity: .error, subject: "manifest.rows"))
  private var repeated = RemarkCount(
    kind: RemarkKind(code: ReadingCode.repeatedRow.rawValue, severity: .warn, subject: "manifest.rows"))
  private var nearMatches = RemarkCount(
    kind: RemarkKind(code: ReadingCode.nearMatch.rawValue, severity: .warn, subject: "manifest.images"))

  var counts: ManifestJoinCounts {
    ManifestJoinCounts(
      images: imageCount, orphanImages: orphanImages, rows: rowCount,
      orphanRows: rowCount - matchedRows - nearRows - malformed.count - repeated.count,
      malformedRows: malformed.count,
      repeatedRows: repeated.count)
  }

  func add(
    _ found: [ManifestScanner.Row], of manifest: Int, named name: String, naming: KeyNaming
  ) throws(OutputError) {
    names[manifest] = name
    for row in found {
      let key = row.path.map { EntryName(naming.stripped($0)).path }
      if let key, looseRows.count < Self.mostLooseRows { looseRows[Self.loose(key)] = rows.count }
      let place = Locator(source: name, row: row.number)
      if let flaw = row.flaw { malformed.add(flaw, place) }
      guard let first = try rows.add(row, of: manifest, key.map { Digest80(key: $0) }) else { continue }
      repeated.add("its image is that of \(locator(of: rows.row(first)).text)", place)
    }
  }

  private func locator(of row: ManifestRow) -> Locator {
    Locator(source: names[row.manifest] ?? "manifest", row: row.number)
  }

  private func note(orphan item: WorkItem) {
    orphanImages += 1
    let paths = [item.key.bytes, item.parts.first?.member ?? []]
    if let row = paths.lazy.compactMap({ self.looseRows[Self.loose($0)] }).first {
      if rows.match(row) { nearRows += 1 }
      nearMatches.add(
        "a row names it in other letters: case, backslash, percent-encoding or accents", item.locator)
    } else {
      orphans.add("no manifest has a row for it", item.locator)
    }
  }

  /// A hash that paths share which only differ in case, separators, percent-encoding or Unicode normal form. It makes
  /// hints, and decides nothing.
  private static func loose(_ path: [UInt8]) -> Int {
    var decoded: [UInt8] = []
    var index = 0
    while index < path.count {
      let digits = path[min(index + 1, path.count)..<min(index + 3, path.count)]
      if path[index] == UInt8(ascii: "%"), digits.count == 2,
        let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(path[index] == UInt8(ascii: "\\") ? UInt8(ascii: "/") : path[index])
        index += 1
      }
    }
    // Swift compares and hashes texts by canonical equivalence: NFC and NFD are one.
    return String(decoding: decoded, as: UTF8.self).lowercased().hashValue
  }

  /// What is to be said of the join as a whole.
  var notices: [RemarkCount] {
    var notices = [malformed, repeated, orphans, nearMatches]
    if counts.orphanRows > 0 {
      var orphanRows = RemarkCount(
        kind: RemarkKind(
          code: FindingCode.manifestOrphans.rawValue, severity: .warn, subject: "manifest.rows"))
      for row in (0..<rowCount).lazy.filter({ !self.rows.isSettled($0) }).map({ self.rows.row($0) }) {
        orphanRows.add("no image for the row", locator(of: row))
      }
      notices.append(orphanRows)
    }
    return notices.filter { $0.count > 0 }
  }

  /// The row of a record, looked up by its key and by the path of its image.
  func join(_ item: WorkItem) -> WorkItem {
    if item.isImageByName { imageCount += 1 }
    let paths = [item.key.bytes] + item.parts.map(\.member)
    for path in paths {
      guard let ordinal = rows.ordinal(of: Digest80(key: path)) else { continue }
      if rows.match(ordinal) { matchedRows += 1 }
      if rows.isContradicted(ordinal) { return item }
      var joined = item
      joined.manifestRow = rows.row(ordinal)
      return joined
    }
    if item.isImageByName { note(orphan: item) }
    return item
  }
}

/// How a manifest and its images met.
package struct ManifestJoinCounts: Sendable, Hashable {
  package var images: Int
  /// Images for which no manifest has a row.
  package var orphanImages: Int
  package var rows: Int
  /// Rows for which no image came.
  package var orphanRows: Int
  /// Rows that cannot be read.
  package var malformedRows: Int
  /// Rows that name a path another row named before.
  package var repeatedRows: Int
}
