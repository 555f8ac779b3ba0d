import AssayCore

extension SchemaReader {
  /// Reads `metrics`: bounds on what the fields with a role come to.
  func readMetrics(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "metrics", log: log) else { return }
    let terms = mapping.setTerms(inheriting: RuleTerms(), environments: schema.environments)
    for word in MetricWord.allCases {
      guard let entry = mapping.takeEntry(word.rawValue),
        var block = MappingReader(entry.value, path: "metrics.\(word.rawValue)", log: log)
      else { continue }
      readMetric(word, &block, entry.keyPosition, terms)
      block.finish()
    }
    readStability(mapping.takeEntry("stability"), terms)
    mapping.finish()
  }

  private func readMetric(
    _ word: MetricWord, _ block: inout MappingReader, _ position: SourcePosition, _ inherited: RuleTerms
  ) {
    let id = log.text(block.take("id")) ?? block.path
    let terms = block.setTerms(inheriting: inherited, environments: schema.environments)
    let least = word == .calibration ? nil : share(block.take("min"), "min")
    let most = share(block.take("max"), "max")
    let gap = block.takeEntry("gap")
    let above = word == .confident ? block.take("above") : nil
    let isBySlices = readBy(&block)
    let minRecords = log.count(block.take("min_records"), in: 1...1_000_000_000)
    checkOrder(Bounds(min: least?.value, max: most?.value), position)
    guard let metric = metric(word, above, position), areRolesGiven(metric, position) else { return }
    if isBySlices || gap != nil { demandSlices(block.path, position) }
    if least == nil, most == nil, gap == nil {
      log.add(position, "min, max or gap is expected in \(block.path)")
    }
    let check = MetricCheck(metric, min: least, max: most, minRecords: minRecords)
    let rule = SetRule(id: id, check: .metric(check), terms: terms, position: position)
    if least != nil || most != nil { add(rule, alsoBySlices: isBySlices) }
    if let gap { addGap(gap, rule, metric, minRecords) }
  }

  func add(_ rule: SetRule, alsoBySlices isBySlices: Bool) {
    schema.setRules.append(rule)
    guard isBySlices, case .metric(var check) = rule.check else { return }
    check.scope = .slices
    schema.setRules.append(
      SetRule(id: "\(rule.id).slices", check: .metric(check), terms: rule.terms, position: rule.position))
  }

  func addGap(_ entry: YAMLTree.Entry, _ rule: SetRule, _ metric: Metric, _ minRecords: Int?) {
    let id = "\(rule.id).gap"
    guard let most = gapBound(entry, id) else { return }
    let check = MetricCheck(metric, scope: .gap, max: most, minRecords: minRecords)
    schema.setRules.append(
      SetRule(id: id, check: .metric(check), terms: rule.terms, position: entry.keyPosition))
  }

  func demandSlices(_ path: String, _ position: SourcePosition) {
    if schema.slices.isEmpty {
      log.add(position, "\(path) is by slices, and no `slices` are declared")
    }
  }

  /// A share that records can show: no number of them shows one of 100 % or of none.
  func share(_ tree: YAMLTree?, _ key: String) -> Proportion? {
    guard let tree, let share = log.proportion(tree) else { return nil }
    guard share.value != (key == "min" ? 1 : 0) else {
      return log.none(
        tree.position,
        "no number of records can show \(key == "min" ? "at least 100%" : "at most 0%") at 95 %; "
          + "write \(key == "min" ? "less, such as 99.9%" : "more, such as 0.1%")")
    }
    return share
  }

  func readBy(_ block: inout MappingReader) -> Bool {
    guard let by = block.take("by") else { return false }
    if by.scalar?.text == "slices" { return true }
    log.add(by.position, "slices is expected, \(by.typeName) found: a metric is by the declared `slices`")
    return false
  }

  private func gapBound(_ entry: YAMLTree.Entry, _ path: String) -> Proportion? {
    guard var mapping = MappingReader(entry.value, path: path, log: log) else { return nil }
    let most = log.proportion(mapping.take("max"))
    if most == nil { log.add(entry.keyPosition, "max is expected in \(path)") }
    mapping.finish()
    return most
  }

  private func metric(_ word: MetricWord, _ above: YAMLTree?, _ position: SourcePosition) -> Metric? {
    switch word {
    case .accuracy: return .accuracy
    case .correctionRate: return .correctionRate
    case .calibration: return .calibration
    case .confident:
      guard let above else {
        return log.none(
          position, "the key \"above\" is missing in metrics.confident: which confidence is enough")
      }
      return log.number(above).map { .confident(above: $0) }
    }
  }

  func areRolesGiven(_ metric: Metric, _ position: SourcePosition) -> Bool {
    let missing = metric.roles.filter { schema.roles[$0] == nil }.map(\.rawValue)
    if missing.isEmpty { return true }
    log.add(
      position, "metrics.\(metric.name) needs a field for \(missing.joined(separator: ", ")) in `roles`")
    return false
  }
}

/// The keys of `metrics`.
private enum MetricWord: String, CaseIterable {
  case accuracy, confident
  case correctionRate = "correction_rate"
  case calibration
}
