import AssayCore
import AssayIngest

/// Where the row of each path is, over all manifests of a run: exact, and at most 33 bytes a row.
///
/// A hash table from the path's digest to the row's ordinal, 17 bytes a row at most, and two words for each ordinal.
final class RowTable {
  /// A path's digest and the ordinal of its row; two are equal if they are of one path.
  private struct Entry: SetElement {
    var digest: Digest80
    // In halves, as the digest is, so that an array of entries has no gaps.
    private let ordinalWords: (UInt16, UInt16)

    init(_ digest: Digest80, _ ordinal: Int) {
      self.digest = digest
      ordinalWords = (UInt16(truncatingIfNeeded: ordinal >> 16), UInt16(truncatingIfNeeded: ordinal))
    }

    var ordinal: Int { Int(ordinalWords.0) << 16 | Int(ordinalWords.1) }
    var prefix: UInt64 { digest.prefix }
    static var zero: Entry { Entry(.zero, 0) }
    static func == (left: Entry, right: Entry) -> Bool { left.digest == right.digest }
    static func < (left: Entry, right: Entry) -> Bool { left.digest < right.digest }
  }

  /// A row's stretch of its manifest in one word, with whether no image is to be looked for any more; and its digest in
  /// another, with whether another row of its path says something else.
  private struct Place: BitwiseCopyable {
    // From the top: one bit, 38 of offset (256 GiB), 25 of length.
    private var word: UInt64
    // From the top: one bit, 63 of the digest.
    private var text: UInt64

    init(_ row: ManifestScanner.Row) {
      word = UInt64(row.offset) << 25 | UInt64(row.count)
      text = row.digest & (.max >> 1)
    }

    static func admits(_ row: ManifestScanner.Row) -> Bool {
      (0..<1 << 38).contains(row.offset) && (0..<1 << 25).contains(row.count)
    }

    var offset: Int64 { Int64((word & (.max >> 1)) >> 25) }
    var count: Int { Int(word & (1 << 25 - 1)) }

    var isSettled: Bool {
      get { word >> 63 == 1 }
      set { word = word & (.max >> 1) | (newValue ? 1 << 63 : 0) }
    }

    var isContradicted: Bool {
      get { text >> 63 == 1 }
      set { text = text & (.max >> 1) | (newValue ? 1 << 63 : 0) }
    }

    /// Whether the rows are the same, byte for byte and column for column.
    func saysTheSame(as other: Place) -> Bool { (text ^ other.text) << 1 == 0 }
  }

  private let memory: IndexMemory
  private let entries: ExactSet<Entry>
  private var room: IndexRoom
  private var places: UnsafeMutableBufferPointer<Place>
  /// Rows in all, also those without a path.
  private(set) var count = 0
  /// The manifests in their order, each with the ordinal of its first row.
  private var manifests: [(number: Int, first: Int)] = []

  init(_ memory: IndexMemory) throws(OutputError) {
    self.memory = memory
    entries = try ExactSet(memory)
    room = try IndexRoom(4096 * MemoryLayout<Place>.stride, memory)
    places = room.elements(of: Place.self)
  }

  /// Adds the next row of a manifest, under its path's digest where it has one; the ordinal of the first row with the
  /// path if there is one. Throws when there is no room, or the manifest is too large.
  ///
  /// Which of several rows came first decides nothing: they are the same, or all of them are contradicted.
  func add(_ row: ManifestScanner.Row, of manifest: Int, _ digest: Digest80?) throws(OutputError) -> Int? {
    guard Place.admits(row), count < Int(UInt32.max) else {
      throw OutputError(path: "index", reason: "manifests of more than 256 GiB or 4,294,967,294 rows")
    }
    if manifests.last?.number != manifest { manifests.append((manifest, count)) }
    if count == places.count { try grow() }
    places[count] = Place(row)
    places[count].isSettled = row.flaw != nil
    defer { count += 1 }
    guard let digest, let first = try entries.update(with: Entry(digest, count)) else { return nil }
    _ = try entries.update(with: first)
    places[count].isSettled = true
    if !places[first.ordinal].saysTheSame(as: places[count]) { places[first.ordinal].isContradicted = true }
    return first.ordinal
  }

  private func grow() throws(OutputError) {
    let larger = try IndexRoom((count + count / 24) * MemoryLayout<Place>.stride, memory)
    larger.base.copyMemory(from: room.base, byteCount: count * MemoryLayout<Place>.stride)
    (room, places) = (larger, larger.elements(of: Place.self))
  }

  /// The ordinal of the row with that path.
  func ordinal(of digest: Digest80) -> Int? { entries.member(equalTo: Entry(digest, 0))?.ordinal }

  /// Notes that an image was joined to a row; false if one was before.
  func match(_ ordinal: Int) -> Bool {
    defer { places[ordinal].isSettled = true }
    return !places[ordinal].isSettled
  }

  /// Whether no image is missing for the row: one was joined to it, or it is none that one is looked for.
  func isSettled(_ ordinal: Int) -> Bool { places[ordinal].isSettled }

  /// Whether the path has rows that say different things.
  func isContradicted(_ ordinal: Int) -> Bool { places[ordinal].isContradicted }

  func row(_ ordinal: Int) -> ManifestRow {
    // The first manifest begins at 0.
    let manifest = manifests.last { $0.first <= ordinal } ?? (0, 0)
    let place = places[ordinal]
    return ManifestRow(
      manifest: manifest.number, offset: place.offset, count: place.count,
      number: ordinal - manifest.first + 1)
  }
}
