import AssayCore

extension WorkItem {
  /// The record that a group of members makes.
  package init(_ group: EntryGroup<BytePlace>, source: String, naming: KeyNaming) {
    let parts = zip(group.entries, group.imageNames).map { entry, imageName in
      WorkPart(role: PartRole(entry.kind, imageName), member: entry.name.path, place: entry.body)
    }
    let main = group.entries.first { $0.kind == .image } ?? group.entries[0]
    self.init(
      key: RecordKey(bytes: naming.key(for: group.key)),
      locator: Locator(source: source, member: main.name.display), parts: parts,
      isImageByName: group.entries.contains { $0.kind == .image })
  }
}

extension PartRole {
  fileprivate init(_ kind: EntryKind, _ imageName: String?) {
    // A lone sidecar has an image name: its bytes may be an image's after all.
    if let imageName {
      self = .image(name: imageName)
    } else if case .sidecar(let sidecar) = kind {
      self = .sidecar(sidecar)
    } else {
      self = .image(name: "image")
    }
  }
}
