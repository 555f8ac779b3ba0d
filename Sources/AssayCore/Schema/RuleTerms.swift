/// What a rule says of a record on which it comes to NULL.
package enum NullPolicy: String, Sendable, Hashable, Codable, CaseIterable {
  /// Counted, shown, and as bad as a violation.
  case fail
  /// Counted and shown.
  case skip
}

/// The words that every rule accepts beside what it checks.
package struct RuleTerms: Sendable, Hashable, Codable {
  package var severity: Severity
  /// How many of the records evaluated may violate it.
  package var allow: Limit
  /// The environments it holds in; empty for all of them.
  package var environments: [String]
  /// The environments it does not hold in.
  package var excludedEnvironments: [String]
  /// The records it holds for; nil for all of them.
  package var condition: SQLText?
  package var because: String?
  package var owner: String?
  /// The last day, `YYYY-MM-DD`, on which these terms were meant to be good. After it the rule still holds;
  /// its result says that it is out of date.
  package var until: String?
  package var onNull: NullPolicy

  package init(
    severity: Severity = .error, allow: Limit = .none, environments: [String] = [],
    excludedEnvironments: [String] = [], condition: SQLText? = nil, because: String? = nil,
    owner: String? = nil, until: String? = nil, onNull: NullPolicy = .fail
  ) {
    self.severity = severity
    self.allow = allow
    self.environments = environments
    self.excludedEnvironments = excludedEnvironments
    self.condition = condition
    self.because = because
    self.owner = owner
    self.until = until
    self.onNull = onNull
  }

  /// Whether the rule holds in that environment. No environment is in no list: a rule with `in` does not hold
  /// there, a rule with `not_in` does.
  package func hold(in environment: String?) -> Bool {
    guard let environment else { return environments.isEmpty }
    return (environments.isEmpty || environments.contains(environment))
      && !excludedEnvironments.contains(environment)
  }
}

extension Severity: Codable {}
