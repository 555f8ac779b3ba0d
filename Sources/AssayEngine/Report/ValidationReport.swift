package import AssayChannel
package import AssayCore

/// What `validate` found, ready to be printed in any format.
package struct ValidationReport: Sendable {
  package var dataset: String?
  /// Nil when integrity alone was checked.
  package var schemaPath: String?
  package var sources: [SourceReport]
  package var counts: RecordCounts
  package var rules: [RuleResult]
  /// What is to be said of sources as a whole.
  package var notices: [RemarkCount]
  /// Records whose content an earlier record has too.
  package var duplicateContents: Int
  package var isolation: IsolationReport
  package var allowsEmpty: Bool
  /// Accepted records that are not in the file of accepted rows, because they have no row; nil where that file is none of
  /// a manifest.
  package var acceptedWithoutRow: Int?

  /// The verdict on the data, whether or not all of it could be read.
  package var verdict: Verdict {
    if isEmpty { return .fail }
    return max(RuleJudge.verdict(of: rules), warnings.isEmpty ? .pass : .warn)
  }

  /// What is to be looked at though no rule says so.
  private var warnings: [RemarkCount] {
    notices.filter { $0.kind.severity >= .warn } + counts.remarks.filter(isWarning)
  }

  /// Whether reading itself warns of records, and no rule says how much of it may be. What is an error is a rule's, and
  /// what rules find is in their results.
  private func isWarning(_ remark: RemarkCount) -> Bool {
    guard remark.kind.severity == .warn, let code = ReadingCode(rawValue: remark.kind.code) else {
      return false
    }
    return code != .duplicateKey || !rules.contains { $0.code == .recordsDuplicateKeys }
  }

  /// Nothing was there to check, and nobody said that this is fine.
  package var isEmpty: Bool { counts.seen == 0 && !allowsEmpty }

  package var accounts: RunAccounts { RunAccounts(counts, sources) }

  package var incompleteSources: [SourceReport] { sources.filter { $0.failure != nil || !$0.isBalanced } }

  package var failedRules: [RuleResult] { rules.filter { $0.verdict == .fail } }

  package var warningRules: [RuleResult] { rules.filter { $0.verdict == .warn } }

  /// The word that the report begins with: `PASS`.
  var heading: String { incompleteSources.isEmpty ? verdict.rawValue.uppercased() : "INCOMPLETE" }

  /// The verdict in one sentence: what a reader needs first.
  package var sentence: String {
    let names = sources.map(\.name).joined(separator: ", ")
    if !incompleteSources.isEmpty { return "\(heading)  \(names): not all of it could be read" }
    if isEmpty { return "\(heading)  \(names): holds no records (--allow-empty to pass it)" }
    let subject = "\(names): \(counted(counts.seen, "record"))"
    switch verdict {
    case .pass: return "\(heading)  \(subject), " + (rules.isEmpty ? "all whole" : allHold)
    case .warn:
      return "\(heading)  \(subject), \(counted(warningRules.count + warnings.count, "thing")) to look at"
    case .fail: return "\(heading)  \(subject), \(counted(failedRules.count, "rule")) violated"
    }
  }

  private var allHold: String { rules.count == 1 ? "its 1 rule holds" : "all \(rules.count) rules hold" }
}
