import AssayCore

extension SchemaReader {
  /// Reads `overlap`: what must not be on both sides of a comparison.
  func readOverlap(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "overlap", log: log) else { return }
    let terms = mapping.setTerms(inheriting: RuleTerms(), environments: schema.environments)
    readOverlapRule(mapping.takeEntry("exact"), "overlap", terms) { _ in .exact }
    readOverlapRule(mapping.takeEntry("near"), "overlap", terms) { .near(radius: self.radius(&$0)) }
    readOverlapRule(mapping.takeEntry("turned"), "overlap", terms) { .turned(radius: self.radius(&$0)) }
    readGroups(mapping.take("groups"), terms)
    mapping.finish()
  }

  /// Reads `KEY: 0`, or `KEY: {max: 0, ...}` with what the kind takes of its own.
  private func readOverlapRule(
    _ entry: YAMLTree.Entry?, _ path: String, _ terms: RuleTerms, _ kind: (inout MappingReader) -> OverlapKind
  ) {
    guard let entry else { return }
    let id = "\(path).\(entry.key)"
    let isPlain = entry.value.mapping == nil
    // A plain value is the most, and everything else is as it is unless said.
    let block = isPlain ? YAMLTree(position: entry.value.position, content: .mapping([])) : entry.value
    guard var mapping = MappingReader(block, path: id, log: log) else { return }
    var rule = OverlapRule(
      id: id, kind: kind(&mapping), max: .none, terms: terms, position: entry.keyPosition)
    let most = isPlain ? entry.value : mapping.take("max")
    if most == nil { log.add(entry.keyPosition, "max is expected in \(id)") }
    rule.max = log.limit(most) ?? .none
    rule.id = log.text(mapping.take("id")) ?? id
    rule.terms = mapping.setTerms(inheriting: terms, environments: schema.environments)
    mapping.finish()
    schema.overlap.append(rule)
  }

  private func radius(_ mapping: inout MappingReader) -> Int {
    log.count(mapping.take("radius"), in: 0...NearHashes.largestBandedRadius) ?? OverlapKind.standardRadius
  }

  /// Fields by name, private ones too: only hashes of their values leave a worker, and none leaves the run.
  private func readGroups(_ tree: YAMLTree?, _ terms: RuleTerms) {
    guard let tree, var mapping = MappingReader(tree, path: "overlap.groups", log: log) else { return }
    for entry in mapping.takeAll() {
      guard let reference = resolve(entry.key, at: entry.keyPosition)?.reference else { continue }
      guard case .field(let field) = reference else {
        log.add(entry.keyPosition, "a field is expected in overlap.groups, \(reference.fullName) found")
        continue
      }
      readOverlapRule(entry, "overlap.groups", terms) { _ in .group(field: field) }
    }
  }
}
