import AssayChannel
package import AssayCore
import AssayIngest

extension ValidationReport {
  /// The report for machines: one JSON object, indented, its members in a fixed order.
  package func json() -> String { jsonValue.reportText }

  /// The report as a JSON value, to stand alone or inside a larger one.
  package var jsonValue: JSONValue {
    [
      "assay_report": 1,
      "command": "validate",
      "verdict": .string(incompleteSources.isEmpty ? verdict.rawValue : "incomplete"),
      "sentence": .string(sentence),
      "dataset": dataset.map { .string($0) } ?? .null,
      "schema": schemaPath.map { .string($0) } ?? .null,
      "records": recordsValue,
      "outcomes": .object(
        JSONObject(
          DecodeOutcome.allCases.map { (name: $0.name, value: .integer(Int64(counts.count(of: $0)))) })),
      "sources": .array(sources.map(\.jsonValue)),
      "rules": .array(rules.map(\.jsonValue)),
      "findings": .array((notices + counts.remarks).map(\.jsonValue)),
      "isolation": isolation.jsonValue,
    ]
  }

  private var recordsValue: JSONValue {
    guard case .object(var object) = countsValue, let acceptedWithoutRow else { return countsValue }
    object["accepted_without_row"] = .integer(Int64(acceptedWithoutRow))
    return .object(object)
  }

  private var countsValue: JSONValue {
    [
      "seen": .integer(Int64(counts.seen)),
      "accepted": .integer(Int64(counts.accepted)),
      "rejected": .integer(Int64(counts.rejected)),
      "corrupt": .integer(Int64(counts.corruptRecords)),
      "unsupported": .integer(Int64(counts.unsupportedRecords)),
      "duplicates": .integer(Int64(duplicateContents)),
    ]
  }
}

extension RuleResult {
  var jsonValue: JSONValue {
    guard case .object(var object) = plainValue, !figures.isEmpty else { return plainValue }
    object["figures"] = .array(figures.map(\.jsonValue))
    return .object(object)
  }

  private var plainValue: JSONValue {
    [
      "rule": .string(rule),
      "code": .string(code.rawValue),
      "verdict": .string(verdict.rawValue),
      "severity": .string(severity.name),
      "subject": .string(subject),
      "judged": .boolean(isJudged),
      "evaluated": .integer(Int64(evaluated)),
      "violated": .integer(Int64(violated)),
      "not_evaluated": .integer(Int64(notEvaluated)),
      "expected": .string(expected),
      "found": .string(found),
      "allowed": allowed.map { .string($0) } ?? .null,
      "because": because.map { .string($0) } ?? .null,
      "owner": owner.map { .string($0) } ?? .null,
      "place": .string(position.description),
      "examples": .array(examples.map { $0.locator.jsonValue(found: $0.found) }),
    ]
  }
}

extension RemarkCount {
  fileprivate var jsonValue: JSONValue {
    [
      "code": .string(kind.code),
      "severity": .string(kind.severity.name),
      "subject": .string(kind.subject),
      "count": .integer(Int64(count)),
      "examples": .array(examples.map { $0.locator.jsonValue(found: $0.found) }),
    ]
  }
}

extension Locator {
  /// The place as an object, with what was found there.
  func jsonValue(found: String) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = [("source", .string(source))]
    if let member { members.append(("member", .string(member))) }
    if let row { members.append(("row", .integer(Int64(row)))) }
    if !found.isEmpty { members.append(("found", .string(found))) }
    return .object(JSONObject(members))
  }
}

extension IsolationReport {
  fileprivate var jsonValue: JSONValue {
    [
      "process": .boolean(isProcess),
      "no_new_privileges": .boolean(noNewPrivileges),
      "system_call_filter": .boolean(systemCallFilter),
      "no_files": .boolean(noFiles),
      "data_limit_bytes": .integer(Int64(dataLimit)),
    ]
  }
}
