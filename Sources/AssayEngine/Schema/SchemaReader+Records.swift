import AssayCore

extension SchemaReader {
  /// Reads `records`: bounds on the whole set.
  func readRecords(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "records", log: log) else { return }
    let terms = mapping.setTerms(inheriting: RuleTerms(), environments: schema.environments)
    if let entry = mapping.takeEntry("count") { readCount(entry, terms) }
    for kind in RecordClass.allCases {
      guard let entry = mapping.takeEntry(kind.rawValue) else { continue }
      readLimits(entry, "records.\(kind.rawValue)", terms, takesPlain: true) { .records(kind, $0) }
    }
    mapping.finish()
  }

  private func readCount(_ entry: YAMLTree.Entry, _ terms: RuleTerms) {
    let range = 0...Int(1 << 52)
    if entry.value.mapping == nil {
      guard let count = log.count(entry.value, in: range) else { return }
      let bounds = Bounds(min: Double(count), max: Double(count))
      schema.setRules.append(
        SetRule(id: "records.count", check: .recordCount(bounds), terms: terms, position: entry.keyPosition))
      return
    }
    addSetRule(entry, "records.count", terms) { mapping in
      let bounds = Bounds(
        min: log.count(mapping.take("min"), in: range).map(Double.init),
        max: log.count(mapping.take("max"), in: range).map(Double.init))
      checkOrder(bounds, entry.keyPosition)
      return bounds.min == nil && bounds.max == nil ? nil : .recordCount(bounds)
    }
  }

  /// Reads `manifest`: how rows and members find each other.
  func readManifest(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "manifest", log: log) else { return }
    schema.manifest = ManifestDeclaration(
      pathColumn: keyColumn(mapping.take("path")), idColumn: keyColumn(mapping.take("id")),
      stripPrefix: log.text(mapping.take("strip_prefix")))
    if let orphans = mapping.take("orphans"),
      var kinds = MappingReader(orphans, path: "manifest.orphans", log: log)
    {
      let terms = kinds.setTerms(inheriting: RuleTerms(), environments: schema.environments)
      for kind in OrphanKind.allCases {
        guard let entry = kinds.takeEntry(kind.rawValue) else { continue }
        readLimits(entry, "manifest.orphans.\(kind.rawValue)", terms, takesPlain: true) { .orphans(kind, $0) }
      }
      kinds.finish()
    }
    mapping.finish()
  }

  /// A column that records get their keys from, which reports and rows show.
  private func keyColumn(_ tree: YAMLTree?) -> String? {
    guard let tree, let column = log.text(tree) else { return nil }
    guard schema.fields.contains(where: { $0.name == column && $0.privacy?.hidesValue == true }) else {
      return column
    }
    return log.none(tree.position, "field.\(column) is private: it cannot be the key that every report shows")
  }

  /// Reads `slices`.
  func readSlices(_ tree: YAMLTree?) {
    for item in items(tree, "slices") {
      guard var mapping = MappingReader(item, path: "slices", log: log) else { continue }
      if let slice = slice(&mapping, item) { schema.slices.append(slice) }
      mapping.finish()
    }
    refuseRepeatedSlices()
    refuseTooManySlices()
  }

  /// A profile keeps so many, whichever they are; a slice that somebody named must not be dropped quietly.
  private func refuseTooManySlices() {
    let named = schema.slices.filter { if case .condition = $0.membership { true } else { false } }
    guard named.count > Profile.sliceLimit else { return }
    log.add(
      named[Profile.sliceLimit].position,
      "a profile keeps at most \(Profile.sliceLimit) slices; this is number \(Profile.sliceLimit + 1) of "
        + "\(named.count) by `where`. Remove some, or divide the schema")
  }

  private func slice(_ mapping: inout MappingReader, _ item: YAMLTree) -> SliceDeclaration? {
    let name = log.text(mapping.take("name"))
    let condition = log.expression(mapping.take("where"))
    let by = mapping.take("by")
    let maxSlices = log.count(mapping.take("max_slices"), in: 1...32)
    let minRecords = log.count(mapping.take("min_records"), in: 0...1_000_000_000) ?? 0
    func slice(_ name: String, _ membership: SliceDeclaration.Membership, _ most: Int) -> SliceDeclaration {
      SliceDeclaration(
        name: name, membership: membership, maxSlices: most, minRecords: minRecords, position: item.position)
    }
    switch (condition, by) {
    case (let condition?, nil):
      guard let name else { return log.none(item.position, "a slice by `where` needs a name") }
      return slice(name, .condition(condition), 1)
    case (nil, let by?):
      guard let word = log.text(by), let feature = sliceFeature(word, at: by.position) else { return nil }
      return slice(name ?? word, .value(of: feature), maxSlices ?? 32)
    default: return log.none(item.position, "a slice has either `where` or `by`")
    }
  }

  /// What a slice's `by` names, which must not be private.
  private func sliceFeature(_ name: String, at position: SourcePosition) -> FeatureReference? {
    guard let entry = resolveOrField(name, at: position) else { return nil }
    guard !entry.isPrivate else {
      return log.none(position, "a slice must not depend on \(entry.reference.fullName), which is private")
    }
    return entry.reference
  }

  private func refuseRepeatedSlices() {
    var seen: Set<String> = []
    for slice in schema.slices where !seen.insert(slice.name).inserted {
      log.add(slice.position, "another slice is named \"\(slice.name)\"")
    }
  }

  /// The items of a list.
  func items(_ tree: YAMLTree?, _ path: String) -> [YAMLTree] {
    guard let tree, !tree.isNull else { return [] }
    if let items = tree.sequence { return items }
    log.add(tree.position, "a list is expected in \(path), \(tree.typeName) found")
    return []
  }
}
