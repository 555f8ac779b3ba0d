import AssayCore

extension SchemaReader {
  /// The words for how bad it is to differ from a reference.
  private enum ReferenceSeverity: String, CaseIterable {
    case error, warn
  }

  /// Reads `drift.references`.
  func readReferences(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "drift.references", log: log) else { return }
    for entry in mapping.takeAll() {
      guard var block = MappingReader(entry.value, path: "drift.references.\(entry.key)", log: log) else {
        continue
      }
      let profiles = readProfiles(&block, entry)
      let severity = log.word(block.take("severity"), ReferenceSeverity.self) ?? .error
      block.finish()
      schema.drift.references.append(
        DriftReference(name: entry.key, profiles: profiles, severity: severity == .warn ? .warn : .error))
    }
  }

  /// `profile: PATH`, or `profiles: [PATH, ...]` in order of time, of which the `last` so many are taken.
  private func readProfiles(_ block: inout MappingReader, _ entry: YAMLTree.Entry) -> [String] {
    let (one, many, last) = (block.take("profile"), block.take("profiles"), block.take("last"))
    if let one, many == nil, last == nil { return log.text(one).map { [path($0, one)] } ?? [] }
    guard one == nil, let many, let texts = log.texts(many), !texts.isEmpty else {
      log.add(
        entry.keyPosition,
        "expected profile: PATH, or profiles: [PATH, ...] with or without last, in drift.references.\(entry.key)"
      )
      return []
    }
    return texts.suffix(log.count(last, in: 1...1000) ?? texts.count).map { path($0, many) }
  }

  /// A path is relative to the file it is written in.
  private func path(_ text: String, _ tree: YAMLTree) -> String {
    SchemaFile.joined(text, besides: tree.position.file)
  }
}
