package import AssayCore

/// What `compare` found, ready to be printed in any format.
package struct ComparisonReport: Sendable {
  package var reference: String
  package var current: String
  package var referenceRecords: Int64
  package var currentRecords: Int64
  package var scores: [DriftScore]
  package var notes: [String]
  /// Sources that could not be read to their end.
  package var incomplete: [String]

  package init(
    reference: String, current: String, referenceRecords: Int64, currentRecords: Int64, scores: [DriftScore],
    notes: [String], incomplete: [String]
  ) {
    self.reference = reference
    self.current = current
    self.referenceRecords = referenceRecords
    self.currentRecords = currentRecords
    self.scores = scores
    self.notes = notes
    self.incomplete = incomplete
  }

  package var alarms: [DriftScore] { scores.filter { $0.status == .alarm } }

  /// Comparators that broke, or could not be asked what the schema wants to know.
  package var failures: [DriftScore] { scores.filter { $0.status == .failed } }

  /// A side without records has nothing to say, least of all that nothing moved.
  package var isEmpty: Bool { referenceRecords == 0 || currentRecords == 0 }

  package var verdict: Verdict {
    if isEmpty || !alarms.isEmpty || !failures.isEmpty { return .fail }
    return scores.contains { $0.status == .insufficient || $0.status == .warn } ? .warn : .pass
  }

  /// The verdict in one sentence.
  package var sentence: String {
    let sides = "\(current) (\(currentRecords) records) against \(reference) (\(referenceRecords) records)"
    if isEmpty { return "FAIL  \(sides): a side without records cannot be compared" }
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
