import AssayCore
import AssayIngest

/// Joins manifest rows to images by path: exact, whatever comes first in either.
///
/// *Complexity*: one entry of 48 bytes a row; the rows themselves stay in their files.
final class ManifestJoin {
  private var places: [Digest128: Place] = [:]
  private(set) var rowCount = 0
  private(set) var matchedRows = 0
  /// Images for which no manifest has a row.
  private(set) var orphanImages = 0
  /// Rows that name a path another row named before.
  private(set) var repeatedRows = 0

  private struct Place {
    var row: ManifestRow
    var isMatched = false
  }

  private var imageCount = 0

  var counts: ManifestJoinCounts {
    ManifestJoinCounts(
      images: imageCount, orphanImages: orphanImages, rows: rowCount, orphanRows: rowCount - matchedRows,
      repeatedRows: repeatedRows)
  }

  func add(_ rows: [ManifestScanner.Row], of manifest: Int, naming: KeyNaming) {
    for row in rows {
      rowCount += 1
      guard let path = row.path else { continue }
      let key = EntryName(naming.stripped(path)).path
      let place = ManifestRow(manifest: manifest, offset: row.offset, count: row.count, number: row.number)
      if places.updateValue(Place(row: place), forKey: Digest128(key: key)) != nil { repeatedRows += 1 }
    }
  }

  /// The row of a record, looked up by its key and by the path of its image.
  func join(_ item: WorkItem) -> WorkItem {
    if item.isImageByName { imageCount += 1 }
    let paths = [item.key.bytes] + item.parts.map(\.member)
    for path in paths {
      let digest = Digest128(key: path)
      guard let place = places[digest] else { continue }
      if !place.isMatched { matchedRows += 1 }
      places[digest]?.isMatched = true
      var joined = item
      joined.manifestRow = place.row
      return joined
    }
    if item.isImageByName { orphanImages += 1 }
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
  /// Rows that name a path another row named before.
  package var repeatedRows: Int
}
