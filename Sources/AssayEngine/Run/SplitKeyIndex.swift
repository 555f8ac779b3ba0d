import AssayCore
import AssayIngest

/// Finds sidecars whose record is elsewhere in the same container: a shard whose keys are interleaved.
///
/// Members join only as neighbours, so such a sidecar's fields are lost to its record, and that has to be said.
final class SplitKeyIndex {
  private var records: ExactSet<Digest80>?
  private var sidecars: [(stem: Digest80, locator: Locator)] = []
  /// Sidecars beyond this many are counted against the records seen so far only.
  private static let mostSidecars = 1 << 20
  private var remark = RemarkCount(
    kind: RemarkKind(code: ReadingCode.splitKey.rawValue, severity: .warn, subject: "record"))

  /// Nothing met yet; it shares `memory` with other indexes.
  init(_ memory: IndexMemory) throws(OutputError) { records = try ExactSet(memory) }

  /// Takes a record that came out of the container.
  func add(record item: WorkItem) throws(OutputError) {
    guard let image = item.parts.first?.member else { return }
    _ = try records?.insert(Digest80(key: Array(EntryName(image).stem)))
  }

  /// Takes a member that is no image and stood alone.
  func add(single item: WorkItem) {
    guard let member = item.parts.first?.member, sidecars.count < Self.mostSidecars else { return }
    let name = EntryName(member)
    guard case .sidecar = EntryClassifier().kind(of: name) else { return }
    sidecars.append((Digest80(key: Array(name.stem)), item.locator))
  }

  /// What was found, once the container has ended; nil if keys were together.
  func finish() -> RemarkCount? {
    for sidecar in sidecars where records?.member(equalTo: sidecar.stem) != nil {
      remark.add("its image is elsewhere in the container", sidecar.locator)
    }
    sidecars = []
    records = nil
    return remark.count > 0 ? remark : nil
  }
}
