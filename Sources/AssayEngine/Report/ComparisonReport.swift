package import AssayCore

/// What `compare` found, ready to be printed in any format.
package struct ComparisonReport: Sendable {
  package var reference: ComparedSide
  package var current: ComparedSide
  package var scores: [DriftScore]
  package var notes: [String]
  /// Sources that could not be read to their end.
  package var incomplete: [String]
  /// Whether a side without records is no failure.
  package var allowsEmpty = false

  package init(
    reference: ComparedSide, current: ComparedSide, scores: [DriftScore], notes: [String],
    incomplete: [String]
  ) {
    self.reference = reference
    self.current = current
    self.scores = scores
    self.notes = notes
    self.incomplete = incomplete
  }

  package var alarms: [DriftScore] { scores.filter { $0.status == .alarm } }

  /// Comparators that broke, or could not be asked what the schema wants to know.
  package var failures: [DriftScore] { scores.filter { $0.status == .failed } }

  /// A side without records has nothing to say, least of all that nothing moved.
  package var isEmpty: Bool { !allowsEmpty && (reference.recordCount == 0 || current.recordCount == 0) }

  package var verdict: Verdict {
    if isEmpty || !alarms.isEmpty || !failures.isEmpty { return .fail }
    return scores.contains { $0.status == .insufficient || $0.status == .warn } ? .warn : .pass
  }

  /// The verdict in one sentence.
  package var sentence: String {
    let sides =
      "\(current.name) (\(current.recordCount) records) against "
      + "\(reference.name) (\(reference.recordCount) records)"
    if isEmpty {
      return "FAIL  \(sides): a side without records cannot be compared (--allow-empty to pass it)"
    }
    if !incomplete.isEmpty { return "INCOMPLETE  \(sides): not all of it could be read" }
    switch verdict {
    case .fail where alarms.isEmpty: return "FAIL  \(sides): \(features(.failed)) not judged"
    case .fail:
      let others = failures.isEmpty ? "" : ", \(features(.failed)) not judged"
      return "ALARM  \(sides): \(features(.alarm)) drifted\(others)"
    case .warn:
      let news = scores.contains { $0.status == .warn } ? ["\(features(.warn)) new"] : []
      let unknown =
        scores.contains { $0.status == .insufficient }
        ? ["too few records for \(features(.insufficient))"] : []
      return "WARN  \(sides): \((news + unknown).joined(separator: ", "))"
    case .pass: return "PASS  \(sides): no feature beyond its threshold"
    }
  }

  private func features(_ status: DriftStatus) -> String {
    ValidationReport.count(Set(scores.filter { $0.status == status }.map(\.feature)).count, "feature")
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
