import AssayCore

extension SchemaReader {
  /// Reads `stability`: which records are one image slightly changed, and how many groups of them have to agree.
  func readStability(_ entry: YAMLTree.Entry?, _ inherited: RuleTerms) {
    guard let entry, var block = MappingReader(entry.value, path: "metrics.stability", log: log) else {
      return
    }
    let id = log.text(block.take("id")) ?? block.path
    let terms = block.setTerms(inheriting: inherited, environments: schema.environments)
    let pairs = block.take("pairs")
    let agree = block.takeEntry("agree").flatMap { agreement($0, "\(block.path).agree") }
    let gap = block.takeEntry("gap")
    let isBySlices = readBy(&block)
    let minRecords = log.count(block.take("min_records"), in: 1...1_000_000_000)
    block.finish()
    guard let pairs else { return log.add(entry.keyPosition, "the key \"pairs\" is missing in \(id)") }
    guard let field = pairField(pairs) else { return }
    let metric = Metric.stability(pairs: field)
    guard areRolesGiven(metric, entry.keyPosition) else { return }
    if isBySlices || gap != nil { demandSlices(block.path, entry.keyPosition) }
    guard agree != nil || gap != nil else {
      return log.add(entry.keyPosition, "agree: {min: ...} or gap: {max: ...} is expected in \(id)")
    }
    let check = MetricCheck(metric, min: agree, minRecords: minRecords)
    let rule = SetRule(id: id, check: .metric(check), terms: terms, position: entry.keyPosition)
    if agree != nil { add(rule, alsoBySlices: isBySlices) }
    if let gap { addGap(gap, rule, metric, minRecords) }
  }

  private func agreement(_ entry: YAMLTree.Entry, _ path: String) -> Proportion? {
    guard var mapping = MappingReader(entry.value, path: path, log: log) else { return nil }
    let least = share(mapping.take("min"), "min")
    mapping.finish()
    return least
  }

  private func pairField(_ tree: YAMLTree) -> String? {
    guard let name = log.text(tree), let entry = resolve(name, at: tree.position) else { return nil }
    if case .field(let field) = entry.reference, !entry.isPrivate { return field }
    return log.none(
      tree.position, "a field that is not private is expected, \(entry.reference.fullName) found")
  }
}
