import AssayCore

/// A feature, a field or a measurement whose bounds are being read.
struct BoundedFeature {
  var reference: FeatureReference
  var kind: NameKind
  /// How ids of its rules begin.
  var path: String
  var terms: RuleTerms
}

extension SchemaReader {
  /// Reads a feature's block: `640`, `[8, 16]` or `{min: ..., max: ..., mean: ..., severity: ...}`.
  func readFeature(_ entry: YAMLTree.Entry?, _ feature: BoundedFeature) {
    guard let entry else { return }
    guard entry.value.mapping != nil, var mapping = MappingReader(entry.value, path: feature.path, log: log)
    else {
      let leaf = Leaf(
        value: entry.value, terms: feature.terms, id: feature.path, position: entry.keyPosition)
      return addExact(entry.value, feature, leaf)
    }
    var feature = feature
    if let id = log.text(mapping.take("id")) { feature.path = id }
    feature.terms = mapping.terms(inheriting: feature.terms, environments: schema.environments)
    readBounds(&mapping, feature)
    mapping.finish()
  }

  /// Reads the keys that bound a feature out of its block.
  func readBounds(_ mapping: inout MappingReader, _ feature: BoundedFeature) {
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("value"), feature.path, feature.terms) {
      addExact(value, feature, leaf)
    }
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("values"), "\(feature.path).values", feature.terms) {
      addWords(value, feature, leaf)
    }
    readRange(&mapping, feature)
    readShares(mapping.take("share"), feature)
    readMean(mapping.takeEntry("mean"), feature)
    readQuantiles(mapping.take("quantile"), feature)
  }

  // MARK: Record rules

  private func addExact(_ value: YAMLTree, _ feature: BoundedFeature, _ leaf: Leaf) {
    if value.sequence != nil || feature.kind == .text || feature.kind == .timestamp {
      return addWords(value, feature, leaf)
    }
    if feature.kind == .flag {
      if let flag = log.flag(value) { add(.flag(flag), .feature(feature.reference), leaf) }
    } else if let number = log.number(value) {
      add(.range(Bounds(min: number, max: number)), .feature(feature.reference), leaf)
    }
  }

  private func addWords(_ value: YAMLTree, _ feature: BoundedFeature, _ leaf: Leaf) {
    guard let words = log.texts(value) else { return }
    if words.isEmpty { log.add(value.position, "at least one value is expected in \(leaf.id)") }
    add(.oneOf(words), .feature(feature.reference), leaf)
  }

  /// Plain `min` and `max` are one rule; one with terms of its own is a rule of its own.
  private func readRange(_ mapping: inout MappingReader, _ feature: BoundedFeature) {
    var common = Bounds()
    var position: SourcePosition?
    for key in ["min", "max"] {
      guard let entry = mapping.takeEntry(key),
        let (value, leaf) = valuedLeaf(entry, "\(feature.path).\(key)", feature.terms),
        let number = bound(value, key, feature.kind)
      else { continue }
      if entry.value.mapping != nil {
        add(.range(Bounds(key, number)), .feature(feature.reference), leaf)
      } else {
        common = Bounds(min: key == "min" ? number : common.min, max: key == "max" ? number : common.max)
        position = position ?? entry.keyPosition
      }
    }
    guard let position else { return }
    checkOrder(common, position)
    add(
      .range(common), .feature(feature.reference),
      Leaf(value: nil, terms: feature.terms, id: feature.path, position: position))
  }

  private func bound(_ tree: YAMLTree, _ key: String, _ kind: NameKind) -> Double? {
    switch kind {
    case .number: return log.number(tree)
    case .timestamp:
      guard let text = tree.scalar?.text, let value = FieldType.timestamp.parsing(text) else {
        return log.none(
          tree.position, "a time such as 2026-01-01T00:00:00Z is expected, \(tree.typeName) found")
      }
      return value.number
    case .text, .flag:
      return log.none(
        tree.position, "\(key) is for numbers and times; a field says type: integer, number or timestamp")
    }
  }

  func checkOrder(_ bounds: Bounds, _ position: SourcePosition) {
    if let low = bounds.min, let high = bounds.max, low > high {
      log.add(position, "min \(plainNumber(low)) is greater than max \(plainNumber(high))")
    }
  }

  // MARK: Set rules

  private func readShares(_ tree: YAMLTree?, _ feature: BoundedFeature) {
    guard let tree, var mapping = MappingReader(tree, path: "\(feature.path).share", log: log) else { return }
    for entry in mapping.takeAll() {
      let id = "\(feature.path).share.\(entry.key)"
      readLimits(entry, id, feature.terms) { .share(feature.reference, entry.key, $0) }
    }
  }

  private func readMean(_ entry: YAMLTree.Entry?, _ feature: BoundedFeature) {
    guard let entry else { return }
    readSetBounds(entry, "\(feature.path).mean", feature) { .mean(feature.reference, $0) }
  }

  private func readQuantiles(_ tree: YAMLTree?, _ feature: BoundedFeature) {
    guard let tree, var mapping = MappingReader(tree, path: "\(feature.path).quantile", log: log) else {
      return
    }
    for entry in mapping.takeAll() {
      guard let order = FieldType.number.parsing(entry.key)?.number, (0...1).contains(order) else {
        log.add(entry.keyPosition, "a quantile's order from 0 to 1 is expected, \"\(entry.key)\" found")
        continue
      }
      readSetBounds(entry, "\(feature.path).quantile.\(entry.key)", feature) {
        .quantile(feature.reference, order, $0)
      }
    }
  }

  private func readSetBounds(
    _ entry: YAMLTree.Entry, _ id: String, _ feature: BoundedFeature, _ check: (Bounds) -> SetCheck
  ) {
    guard feature.kind == .number else {
      return log.add(entry.keyPosition, "\(id) is for numbers; \(feature.reference.fullName) is none")
    }
    addSetRule(entry, id, feature.terms) { mapping in
      let bounds = Bounds(min: log.number(mapping.take("min")), max: log.number(mapping.take("max")))
      checkOrder(bounds, entry.keyPosition)
      return bounds.min == nil && bounds.max == nil ? nil : check(bounds)
    }
  }

  /// Reads `KEY: {min: ..., max: ...}` of shares or numbers of records; a plain value is the most.
  func readLimits(
    _ entry: YAMLTree.Entry, _ id: String, _ terms: RuleTerms, takesPlain: Bool = false,
    _ check: (LimitBounds) -> SetCheck
  ) {
    if takesPlain, entry.value.mapping == nil {
      guard let limit = log.limit(entry.value) else { return }
      schema.setRules.append(
        SetRule(id: id, check: check(LimitBounds(max: limit)), terms: terms, position: entry.keyPosition))
      return
    }
    addSetRule(entry, id, terms) { mapping in
      let bounds = LimitBounds(min: log.limit(mapping.take("min")), max: log.limit(mapping.take("max")))
      return bounds.min == nil && bounds.max == nil ? nil : check(bounds)
    }
  }

  /// Reads a bound on the set with its terms; `check` takes its own keys and says nil where none is there.
  func addSetRule(
    _ entry: YAMLTree.Entry, _ id: String, _ terms: RuleTerms, _ check: (inout MappingReader) -> SetCheck?
  ) {
    guard var mapping = MappingReader(entry.value, path: id, log: log) else { return }
    let ruleId = log.text(mapping.take("id")) ?? id
    let own = mapping.setTerms(inheriting: terms, environments: schema.environments)
    if let check = check(&mapping) {
      schema.setRules.append(SetRule(id: ruleId, check: check, terms: own, position: entry.keyPosition))
    } else {
      log.add(entry.keyPosition, "min or max is expected in \(id)")
    }
    mapping.finish()
  }
}

extension Bounds {
  /// Only a least or only a greatest number.
  fileprivate init(_ key: String, _ number: Double) {
    self.init(min: key == "min" ? number : nil, max: key == "max" ? number : nil)
  }
}
