import AssayCore

extension MappingReader {
  /// The keys that make a mapping a rule with terms.
  static let termKeys: Set<String> = [
    "severity", "allow", "in", "not_in", "where", "because", "owner", "until", "on_null",
  ]

  /// The rule's terms, where they are not said those of the block around it.
  mutating func terms(inheriting inherited: RuleTerms, environments: [String]) -> RuleTerms {
    var terms = setTerms(inheriting: inherited, environments: environments)
    if let allow = log.limit(take("allow")) { terms.allow = allow }
    if let condition = log.expression(take("where")) { terms.condition = condition }
    if let policy = log.word(take("on_null"), NullPolicy.self) { terms.onNull = policy }
    return terms
  }

  /// The terms that make sense of a bound on the whole set.
  mutating func setTerms(inheriting inherited: RuleTerms, environments: [String]) -> RuleTerms {
    var terms = inherited
    if let severity = log.word(take("severity"), SeverityWord.self) { terms.severity = severity.severity }
    if let names = environmentNames(take("in"), environments) { terms.environments = names }
    if let names = environmentNames(take("not_in"), environments) { terms.excludedEnvironments = names }
    if let because = log.text(take("because")) { terms.because = because }
    if let owner = log.text(take("owner")) { terms.owner = owner }
    if let until = take("until") { terms.until = log.day(until) ?? terms.until }
    return terms
  }

  private func environmentNames(_ tree: YAMLTree?, _ declared: [String]) -> [String]? {
    guard let tree, let names = log.texts(tree) else { return nil }
    for name in names where !declared.contains(name) {
      log.add(
        tree.position,
        "unknown environment \"\(name)\"; expected one of `environments`: \(declared.joined(separator: ", "))",
        suggestion: nearestWord(to: name, among: declared))
    }
    return names
  }
}

extension IssueLog {
  /// A day such as `2026-12-31`.
  func day(_ tree: YAMLTree?) -> String? {
    guard let tree else { return nil }
    guard let text = tree.scalar?.text, Timestamp.isDay(text) else {
      return none(tree.position, "a day such as 2026-12-31 is expected, \(tree.typeName) found")
    }
    return text
  }
}

/// The words for severities in a schema.
private enum SeverityWord: String, CaseIterable {
  case info, warn, error

  var severity: Severity {
    switch self {
    case .info: .info
    case .warn: .warn
    case .error: .error
    }
  }
}
