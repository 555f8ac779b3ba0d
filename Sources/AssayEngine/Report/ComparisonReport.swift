package import AssayCore

/// What `compare` found, ready to be printed in any format.
package struct ComparisonReport: Sendable {
  package var reference: ComparedSide
  package var current: ComparedSide
  package var scores: [DriftScore]
  /// How often such a comparison may warn without drift.
  package var rate: FalseAlarmRate
  /// How p-values were corrected for being many.
  package var correction = DriftFamily.Correction.benjaminiHochberg
  /// The reference's own groups or windows; nil where it is not cut.
  package var windows: ReferenceWindows?
  package var notes: [String]
  /// Sources that could not be read to their end.
  package var incomplete: [String]
  /// Whether a side without records is no failure.
  package var allowsEmpty = false
  /// What most likely happened; nil where nothing moved.
  package var diagnosis: DriftDiagnosis?
  /// The narrowest part that moved; nil where nothing tells one.
  package var place: DriftPlace?
  /// Since when, by the windows of the current set; nil where nothing moved, or it has none.
  package var onset: DriftOnset?
  /// Records to look at; nil where nothing moved, or no side was read now.
  package var examples: DriftExamples?
  /// What the sides have in common; nil where nobody looked.
  package var overlap: OverlapReport?
  /// What matched records disagree in; nil where neither the user nor the schema asks.
  package var skew: SkewReport?

  package init(
    reference: ComparedSide, current: ComparedSide, scores: [DriftScore], rate: FalseAlarmRate = .standard,
    notes: [String], incomplete: [String]
  ) {
    self.reference = reference
    self.current = current
    self.scores = scores
    self.rate = rate
    self.notes = notes
    self.incomplete = incomplete
  }

  package var alarms: [DriftScore] { scores.filter { $0.status == .alarm } }

  /// What moved and was accepted.
  package var accepted: [DriftScore] { scores.filter(\.isAccepted) }

  /// Comparators that broke, or could not be asked what the schema wants to know.
  package var failures: [DriftScore] { scores.filter { $0.status == .failed } }

  /// A side without records has nothing to say, least of all that nothing moved.
  package var isEmpty: Bool { !allowsEmpty && (reference.recordCount == 0 || current.recordCount == 0) }

  /// Whether an alarm was for a drift, not for a side that is empty.
  package var hasDrifted: Bool { !isEmpty && status == .alarm }

  /// Whether it fails for another reason than a drift.
  package var isBroken: Bool { isEmpty || !failures.isEmpty || rulesVerdict == .fail }

  /// What the rules on records that are on both sides come to.
  package var rulesVerdict: Verdict { max(overlap?.verdict ?? .pass, skew?.verdict ?? .pass) }

  /// How many tests share the rate of false alarms.
  package var testCount: Int { scores.count { $0.chance != nil } }

  /// Whether some of what was calibrated stands on records that have nothing to do with each other.
  package var assumesIndependence: Bool {
    scores.contains { $0.chance.map { !$0.method.isRank } ?? false }
  }

  /// The worst thing said, in one word. What could not be told is never a pass.
  package var status: DriftStatus {
    if isEmpty || !alarms.isEmpty { return .alarm }
    if rulesVerdict == .fail { return .failed }
    let order: [DriftStatus] = [.failed, .warn, .insufficient]
    if rulesVerdict == .warn, failures.isEmpty { return .warn }
    return order.first { status in scores.contains { $0.status == status } }
      ?? (skew?.lacksJoin == true ? .insufficient : .pass)
  }

  package var verdict: Verdict {
    switch status {
    case .alarm, .failed: .fail
    case .warn, .insufficient: .warn
    case .pass, .notApplicable: .pass
    }
  }

  /// The word that the report begins with: `ALARM`.
  package var heading: String {
    if isEmpty { return "FAIL" }
    if !incomplete.isEmpty { return "INCOMPLETE" }
    return status == .failed ? "FAIL" : status.rawValue.uppercased()
  }

  /// The verdict in one sentence.
  package var sentence: String {
    let sides =
      "\(current.name) (\(counted(current.recordCount, "record"))) against "
      + "\(reference.name) (\(counted(reference.recordCount, "record")))"
    return "\(heading)  \(sides): \(judgement)"
  }

  private var judgement: String {
    if isEmpty { return "a side without records cannot be compared (--allow-empty to pass it)" }
    if !incomplete.isEmpty { return "not all of it could be read" }
    let complaint = [overlap?.complaint, skew?.complaint].compactMap(\.self).map { ", \($0)" }.joined()
    let others =
      (failures.isEmpty ? "" : ", \(features(.failed)) not judged") + complaint
      + (accepted.isEmpty ? "" : ", \(Self.features(accepted)) accepted")
    switch status {
    case .failed: return "\(others.dropFirst(2))"
    case .alarm: return "\(features(.alarm)) drifted\(others)"
    case .warn:
      let moved = scores.contains { $0.status == .warn }
      return moved ? "\(features(.warn)) moved more than chance" + others : "\(others.dropFirst(2))"
    case .insufficient:
      guard let unseen else { return still + complaint }
      return "no drift seen\(except), and one that matters could have gone unseen in \(unseen)\(complaint)"
    case .pass, .notApplicable: return still
    }
  }

  private var still: String { "nothing moved more than chance\(except)" }

  /// What moved nevertheless: ` but 1 feature, as accepted`.
  private var except: String { accepted.isEmpty ? "" : " but \(Self.features(accepted)), as accepted" }

  /// Where too few records are: `3 features`, `2 slices`; nil where there are enough.
  private var unseen: String? {
    let insufficient = scores.filter { $0.status == .insufficient }
    let slices = Set(insufficient.compactMap(\.slice))
    let whole = insufficient.filter { $0.slice == nil }
    let parts =
      (whole.isEmpty ? [] : [Self.features(whole)]) + (slices.isEmpty ? [] : [counted(slices.count, "slice")])
    return parts.isEmpty ? nil : parts.joined(separator: " and ")
  }

  private func features(_ status: DriftStatus) -> String {
    Self.features(scores.filter { $0.status == status })
  }

  private static func features(_ scores: [DriftScore]) -> String {
    counted(Set(scores.map(\.feature)).count, "feature")
  }
}

/// One side of a comparison.
package struct ComparedSide: Sendable {
  /// What its reader knows it by.
  package var name: String
  package var recordCount: Int64
  /// What became of its sources; nil for a profile.
  package var accounts: RunAccounts?

  package init(name: String, recordCount: Int64, accounts: RunAccounts? = nil) {
    self.name = name
    self.recordCount = recordCount
    self.accounts = accounts
  }

  init(_ set: ProfiledSet) {
    self.init(name: set.name, recordCount: set.profile.recordCount, accounts: set.accounts)
  }
}
