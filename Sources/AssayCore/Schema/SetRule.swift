/// One thing that the whole set is checked for, once, from counts and profile.
package struct SetRule: Sendable, Hashable, Codable {
  /// Stable: the rule's path in the schema (`records.corrupt`, `fields.label.share.stop`).
  package var id: String
  package var check: SetCheck
  package var terms: RuleTerms
  package var position: SourcePosition

  package init(id: String, check: SetCheck, terms: RuleTerms = RuleTerms(), position: SourcePosition) {
    self.id = id
    self.check = check
    self.terms = terms
    self.position = position
  }
}

/// What a set rule checks.
package enum SetCheck: Sendable, Hashable, Codable {
  /// The number of records.
  case recordCount(Bounds)
  /// How many records, of all, are of that kind.
  case records(RecordClass, LimitBounds)
  /// Files without a row, or rows without a file.
  case orphans(OrphanKind, LimitBounds)
  /// How many of the records that have the feature have that value.
  case share(FeatureReference, String, LimitBounds)
  case mean(FeatureReference, Bounds)
  /// The quantile of that order, in [0, 1].
  case quantile(FeatureReference, Double, Bounds)
  case metric(MetricCheck)
}

/// The kinds of records that a schema can bound.
package enum RecordClass: String, Sendable, Hashable, Codable, CaseIterable {
  /// Damaged, undecodable, crashed or timed out.
  case corrupt
  case damaged, undecodable, unsupported, refused, crashed, timeout, unreadable
  /// With a manifest row or a sidecar that cannot be read.
  case malformed
  /// Whose content another record has too: all but one of each group.
  case duplicates
  /// Whose key another record has too: all but one of each group.
  case duplicateKeys = "duplicate_keys"
}

/// What can be without its other half when a manifest joins images.
package enum OrphanKind: String, Sendable, Hashable, Codable, CaseIterable {
  case images, rows
}

extension SetRule {
  /// The code of its result.
  package var code: FindingCode {
    switch check {
    case .recordCount: .recordsCount
    case .records(.corrupt, _): .recordsCorrupt
    case .records(.unsupported, _): .recordsUnsupported
    case .records(.duplicates, _): .recordsDuplicates
    case .records(.duplicateKeys, _): .recordsDuplicateKeys
    case .records: .recordsOutcome
    case .orphans: .manifestOrphans
    case .share: .featureShare
    case .mean: .featureMean
    case .quantile: .featureQuantile
    case .metric(let check): check.code
    }
  }

  /// The name its result carries.
  package var subject: String {
    switch check {
    case .recordCount, .records: "records"
    case .orphans(let kind, _): "manifest.\(kind.rawValue)"
    case .metric(let check): check.metric.name
    case .share(let feature, _, _), .mean(let feature, _), .quantile(let feature, _, _): feature.fullName
    }
  }
}
