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

  package var alarms: [DriftScore] { scores.filter { $0.status == .alarm } }

  /// Scores that say neither pass nor alarm.
  package var undecided: [DriftScore] {
    scores.filter { $0.status == .insufficient || $0.status == .failed }
  }

  package var verdict: Verdict {
    if !alarms.isEmpty || scores.contains(where: { $0.status == .failed }) { return .fail }
    return undecided.isEmpty ? .pass : .warn
  }

  /// The verdict in one sentence.
  package var sentence: String {
    let sides = "\(current) (\(currentRecords) records) against \(reference) (\(referenceRecords) records)"
    if !incomplete.isEmpty { return "INCOMPLETE  \(sides): not all of it could be read" }
    let features = Set(alarms.map(\.feature)).count
    switch verdict {
    case .fail:
      return alarms.isEmpty
        ? "FAIL  \(sides): a comparator broke"
        : "ALARM  \(sides): \(ValidationReport.count(features, "feature")) drifted"
    case .warn: return "WARN  \(sides): too few records to tell for \(undecided.count) scores"
    case .pass: return "PASS  \(sides): no feature beyond its threshold"
    }
  }
}
