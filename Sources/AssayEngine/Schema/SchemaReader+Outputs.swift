import AssayCore

/// `outputs`: what a model promises to give for every record.
extension SchemaReader {
  /// Reads `outputs`, once the roles are known.
  func readOutputs(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "outputs", log: log) else { return }
    let terms = mapping.terms(inheriting: RuleTerms(), environments: schema.environments)
    readBlock(mapping.takeEntry("prediction"), "outputs.prediction", terms, readPrediction)
    readBlock(mapping.takeEntry("confidence"), "outputs.confidence", terms, readConfidence)
    readBlock(mapping.takeEntry("probabilities"), "outputs.probabilities", terms, readProbabilities)
    mapping.finish()
  }

  private func readBlock(
    _ entry: YAMLTree.Entry?, _ path: String, _ terms: RuleTerms, _ read: (inout MappingReader, Leaf) -> Void
  ) {
    guard let entry, var block = MappingReader(entry.value, path: path, log: log) else { return }
    let leaf = Leaf(
      terms: block.terms(inheriting: terms, environments: schema.environments),
      id: log.text(block.take("id")) ?? path, position: entry.keyPosition)
    read(&block, leaf)
    block.finish()
  }

  /// The field with the role.
  private func subject(_ role: Role, _ path: String, _ position: SourcePosition) -> RuleSubject? {
    guard let field = schema.roles[role] else {
      return log.none(position, "\(path) needs a field for \(role.rawValue) in `roles`")
    }
    return .feature(.field(field))
  }

  // MARK: Prediction

  private func readPrediction(_ block: inout MappingReader, _ leaf: Leaf) {
    let classes = block.take("classes")
    let from = block.take("from")
    guard let subject = subject(.prediction, block.path, leaf.position) else { return }
    switch (classes, from) {
    case (let classes?, nil):
      guard let words = log.texts(classes) else { return }
      if words.isEmpty { return log.add(classes.position, "at least one class is expected in \(block.path)") }
      add(.oneOf(words), subject, leaf, isOfOutput: true)
    case (nil, let from?):
      if let words = labelValues(from) { add(.oneOf(words), subject, leaf, isOfOutput: true) }
    default: log.add(leaf.position, "\(block.path) has either classes or from: label")
    }
  }

  /// The `values` of the label's field.
  private func labelValues(_ tree: YAMLTree) -> [String]? {
    guard tree.scalar?.text == "label" else {
      return log.none(tree.position, "label is expected, \(tree.typeName) found")
    }
    guard let field = schema.roles[.label] else {
      return log.none(tree.position, "from: label needs a field for label in `roles`")
    }
    for rule in schema.recordRules where rule.subject == .feature(.field(field)) {
      if case .oneOf(let words) = rule.check { return words }
    }
    return log.none(tree.position, "from: label needs `values` in fields.\(field)")
  }

  // MARK: Confidence

  private func readConfidence(_ block: inout MappingReader, _ leaf: Leaf) {
    let bounds = Bounds(min: log.number(block.take("min")), max: log.number(block.take("max")))
    checkOrder(bounds, leaf.position)
    guard let subject = subject(.confidence, block.path, leaf.position) else { return }
    guard bounds.min != nil || bounds.max != nil else {
      return log.add(leaf.position, "min or max is expected in \(block.path)")
    }
    add(.range(bounds), subject, leaf, isOfOutput: true)
  }

  // MARK: Probabilities

  private func readProbabilities(_ block: inout MappingReader, _ leaf: Leaf) {
    let list = block.take("fields")
    let sum = log.number(block.take("sums_to")) ?? 1
    let tolerance = block.take("tolerance")
    let width = log.number(tolerance) ?? 1e-3
    if width < 0 { log.add(tolerance?.position ?? leaf.position, "a tolerance is not negative") }
    guard let list else { return log.add(leaf.position, "the key \"fields\" is missing in \(block.path)") }
    let trees = list.sequence ?? [list]
    if trees.isEmpty { log.add(list.position, "at least one field is expected in \(block.path)") }
    let fields = trees.compactMap(probability)
    guard fields.count == trees.count, !fields.isEmpty else { return }
    add(.probabilities(fields, sum: sum, tolerance: width), .record, leaf, isOfOutput: true)
  }

  /// A field of probabilities: of numbers, or without a type, as a field of lists is.
  private func probability(_ tree: YAMLTree) -> FeatureReference? {
    guard let name = log.text(tree), let entry = resolve(name, at: tree.position) else { return nil }
    let full = entry.reference.fullName
    guard case .field(let field) = entry.reference, !entry.isPrivate else {
      return log.none(tree.position, "a field that is not private is expected, \(full) found")
    }
    let type = schema.fields.first { $0.name == field }?.type
    guard type == nil || entry.kind == .number else {
      return log.none(
        tree.position, "\(full) is a probability: its field says type: number, or no type for lists")
    }
    return entry.reference
  }
}
