import AssayCore
import AssayIngest

/// What set rules ask of a finished run.
struct ProfileFacts: SetFacts {
  let counts: SetCounts
  /// Nil when no rule needs it.
  let profile: Profile?
  let join: ManifestJoinCounts?

  var recordCount: Int { counts.records.seen }

  func count(of kind: RecordClass) -> Share? {
    let part =
      switch kind {
      case .corrupt: counts.records.corruptRecords
      case .damaged: counts.records.count(of: .damaged)
      case .undecodable: counts.records.count(of: .undecodable)
      case .unsupported: counts.records.unsupportedRecords
      case .refused: counts.records.count(of: .refused)
      case .crashed: counts.records.count(of: .crashed)
      case .timeout: counts.records.count(of: .timeout)
      case .unreadable: counts.records.count(of: .unreadable)
      case .malformed: counts.records.malformedRecords
      case .duplicates: counts.duplicateContents
      case .duplicateKeys: counts.duplicateKeys
      }
    let rows = rowsWithoutRecord(of: kind)
    return Share(part: part + rows, whole: recordCount + rows)
  }

  /// Rows of joined manifests that are of the class, and part of no record.
  private func rowsWithoutRecord(of kind: RecordClass) -> Int {
    switch kind {
    case .malformed: join?.malformedRows ?? 0
    case .duplicateKeys: join?.repeatedRows ?? 0
    default: 0
    }
  }

  func orphans(_ kind: OrphanKind) -> Share? {
    guard let join else { return nil }
    return switch kind {
    case .images: Share(part: join.orphanImages, whole: join.images)
    case .rows: Share(part: join.orphanRows, whole: join.rows)
    }
  }

  func share(of value: String, in feature: FeatureReference) -> Share? {
    counts.shares.share(of: value, in: feature)
  }

  func mean(of feature: FeatureReference) -> Double? { column(feature)?.mean }

  func quantile(_ order: Double, of feature: FeatureReference) -> Double? { column(feature)?.quantile(order) }

  func counts(of metric: Metric) -> MetricCounts? { counts.counts(of: metric) }

  private func column(_ feature: FeatureReference) -> ColumnProfile? { profile?.whole.column(feature) }
}

extension Population {
  /// The column of a feature by its reference; nil where nothing was seen.
  func column(_ feature: FeatureReference) -> ColumnProfile? {
    switch feature {
    case .image(let name, let builtin): column(builtin, image: name)
    case .field(let name): fields[name]
    case .measurement(let name): measurements[name]
    }
  }
}
