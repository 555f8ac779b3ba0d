import AssayCore
import AssayIngest

/// Finds sidecars whose record is elsewhere in the same container: a shard whose keys are interleaved.
///
/// Members join only as neighbours, so such a sidecar's fields are lost to its record, and that has to be said.
final class SplitKeyIndex {
  private var records: Set<Digest128> = []
  private var sidecars: [(stem: Digest128, locator: Locator)] = []
  /// Sidecars beyond this many are counted against the records seen so far only.
  private static let mostSidecars = 1 << 20
  private var remark = RemarkCount(
    kind: RemarkKind(code: ReadingCode.splitKey.rawValue, severity: .warn, subject: "record"))

  /// Takes a record that came out of the container.
  func add(record item: WorkItem) {
    guard let image = item.parts.first?.member else { return }
    records.insert(Digest128(key: Array(EntryName(image).stem)))
  }

  /// Takes a member that is no image and stood alone.
  func add(single item: WorkItem) {
    guard let member = item.parts.first?.member, sidecars.count < Self.mostSidecars else { return }
    let name = EntryName(member)
    guard case .sidecar = EntryClassifier().kind(of: name) else { return }
    sidecars.append((Digest128(key: Array(name.stem)), item.locator))
  }

  /// What was found, once the container has ended; nil if keys were together.
  func finish() -> RemarkCount? {
    for sidecar in sidecars where records.contains(sidecar.stem) {
      remark.add("its image is elsewhere in the container", sidecar.locator)
    }
    sidecars = []
    records = []
    return remark.count > 0 ? remark : nil
  }
}
