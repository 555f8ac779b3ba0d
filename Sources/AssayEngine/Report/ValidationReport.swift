package import AssayChannel
package import AssayCore

/// What `validate` found, ready to be printed in any format.
package struct ValidationReport: Sendable {
  package var sources: [SourceReport]
  package var counts: RecordCounts
  package var isolation: IsolationReport
  package var allowsEmpty: Bool

  /// The verdict on the data, whether or not all of it could be read.
  package var verdict: Verdict { counts.corruptRecords > 0 ? .fail : .pass }

  package var incompleteSources: [SourceReport] { sources.filter { $0.failure != nil } }

  package var isEmpty: Bool { counts.seen == 0 && !allowsEmpty }
}
