import AssayCore
import AssayIngest

/// Joins manifest rows to images by path: exact, whatever comes first in either.
///
/// *Complexity*: one entry of 48 bytes a row; the rows themselves stay in their files.
final class ManifestJoin {
  private var places: [KeyDigest: Place] = [:]
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

  /// Rows for which no image came.
  var orphanRows: Int { rowCount - matchedRows }

  func add(_ rows: [ManifestScanner.Row], of manifest: Int, naming: KeyNaming) {
    for row in rows {
      rowCount += 1
      guard let path = row.path else { continue }
      let key = EntryName(naming.stripped(path)).path
      let place = ManifestRow(manifest: manifest, offset: row.offset, count: row.count, number: row.number)
      if places.updateValue(Place(row: place), forKey: KeyDigest(key)) != nil { repeatedRows += 1 }
    }
  }

  /// The row of a record, looked up by its key and by the path of its image.
  func join(_ item: WorkItem) -> WorkItem {
    let paths = [item.key.bytes] + item.parts.map(\.member)
    for path in paths {
      let digest = KeyDigest(path)
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
