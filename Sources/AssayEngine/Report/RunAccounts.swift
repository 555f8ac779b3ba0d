package import AssayCore
import AssayIngest

/// What became of everything that a run met: both accounting identities, for people and for machines.
package struct RunAccounts: Sendable {
  package var seen: Int
  package var accepted: Int
  package var rejected: Int
  package var sources: [SourceReport]

  package init(_ counts: RecordCounts, _ sources: [SourceReport]) {
    (seen, accepted, rejected) = (counts.seen, counts.accepted, counts.rejected)
    self.sources = sources
  }

  /// The sources in the user's words.
  package var name: String { sources.map(\.name).joined(separator: ", ") }

  /// Sources that were not read to their end, or whose members do not add up, each with the reason.
  package var incomplete: [String] {
    sources.filter { $0.failure != nil || !$0.isBalanced }.map {
      "\($0.name): \($0.failure ?? "entries do not add up")"
    }
  }

  /// Whether everything was read and nothing was there.
  package var isEmpty: Bool { seen == 0 && incomplete.isEmpty }

  /// Both identities, one line each for the records and for every source.
  package var lines: [String] {
    ["records  \(seen) = \(accepted) accepted + \(rejected) rejected"]
      + sources.map { $0.line + (sources.count > 1 ? "  (\($0.name))" : "") }
  }

  /// Both identities as members of a report.
  package var members: [(name: String, value: JSONValue)] {
    [
      ("seen", .integer(Int64(seen))), ("accepted", .integer(Int64(accepted))),
      ("rejected", .integer(Int64(rejected))), ("sources", .array(sources.map(\.jsonValue))),
    ]
  }
}

extension SourceReport {
  /// The identity of its members in one line.
  fileprivate var line: String {
    "entries  \(entries) = \(counts.members) in records + \(counted(counts.directories, "folder")) + "
      + "\(counts.ignored) ignored + \(counts.other) other + \(counts.failed) failed"
  }

  /// The identity of its members for machines.
  var jsonValue: JSONValue {
    [
      "source": .string(name),
      "entries": .integer(Int64(entries)),
      "in_records": .integer(Int64(counts.members)),
      "directories": .integer(Int64(counts.directories)),
      "ignored": .integer(Int64(counts.ignored)),
      "other": .integer(Int64(counts.other)),
      "failed": .integer(Int64(counts.failed)),
      "records": .integer(Int64(records)),
      "failure": failure.map { .string($0) } ?? .null,
    ]
  }
}
