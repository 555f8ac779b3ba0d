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
      pathColumn: log.text(mapping.take("path")), idColumn: log.text(mapping.take("id")),
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

  /// Reads `slices`.
  func readSlices(_ tree: YAMLTree?) {
    for item in items(tree, "slices") {
      guard var mapping = MappingReader(item, path: "slices", log: log) else { continue }
      let name = log.text(mapping.take("name"))
      let condition = log.expression(mapping.take("where"))
      let feature = mapping.take("by")
      let maxSlices = log.count(mapping.take("max_slices"), in: 1...32)
      let minRecords = log.count(mapping.take("min_records"), in: 0...1_000_000_000) ?? 0
      switch (condition, feature) {
      case (let condition?, nil):
        guard let name else {
          log.add(item.position, "a slice by `where` needs a name")
          break
        }
        schema.slices.append(
          SliceDeclaration(
            name: name, membership: .condition(condition), maxSlices: 1, minRecords: minRecords,
            position: item.position))
      case (nil, let feature?):
        guard let by = log.text(feature), let entry = resolveOrField(by, at: feature.position) else { break }
        if entry.isPrivate {
          log.add(
            feature.position, "a slice must not depend on \(entry.reference.fullName), which is private")
        }
        schema.slices.append(
          SliceDeclaration(
            name: name ?? by, membership: .value(of: entry.reference), maxSlices: maxSlices ?? 32,
            minRecords: minRecords, position: item.position))
      default: log.add(item.position, "a slice has either `where` or `by`")
      }
      mapping.finish()
    }
    refuseRepeatedSlices()
  }

  private func refuseRepeatedSlices() {
    var seen: Set<String> = []
    for slice in schema.slices where !seen.insert(slice.name).inserted {
      log.add(slice.position, "another slice is named \"\(slice.name)\"")
    }
  }

  /// Reads `roles`.
  func readRoles(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "roles", log: log) else { return }
    for role in Role.allCases {
      guard let value = mapping.take(role.rawValue), let name = log.text(value) else { continue }
      guard let entry = resolveOrField(name, at: value.position) else { continue }
      if case .field(let field) = entry.reference {
        schema.roles[role] = field
      } else {
        log.add(
          value.position,
          "a field is expected for the role \(role.rawValue), \(entry.reference.fullName) found")
      }
    }
    mapping.finish()
  }

  /// The items of a list.
  func items(_ tree: YAMLTree?, _ path: String) -> [YAMLTree] {
    guard let tree, !tree.isNull else { return [] }
    if let items = tree.sequence { return items }
    log.add(tree.position, "a list is expected in \(path), \(tree.typeName) found")
    return []
  }
}
