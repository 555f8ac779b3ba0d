package import AssayCore

/// Current sets in order of time, each compared with the same reference: one, or several of which a schema says how many
/// have to alarm.
package struct ComparisonSeries: Sendable {
  package var reports: [ComparisonReport]
  package var rule: AlarmRule
  /// Records that are in none of the sets, as those without a time are in no window.
  package var looseCount: Int64

  /// At least one report.
  package init(_ reports: [ComparisonReport], rule: AlarmRule = .any, looseCount: Int64 = 0) {
    precondition(!reports.isEmpty, "a series of nothing")
    self.reports = reports
    self.rule = rule
    self.looseCount = looseCount
  }

  /// Sources that could not be read to their end; those of the reference once.
  package var incomplete: [String] {
    var known: Set<String> = []
    return reports.flatMap(\.incomplete).filter { known.insert($0).inserted }
  }

  /// The place of the set at which the rule is met; nil if it never is.
  package var alarmPlace: Int? { rule.firstAlarm(reports.map(\.hasDrifted)) }

  /// The first set that drifted, whether or not enough of its neighbours did.
  package var firstBad: ComparisonReport? { reports.first(where: \.hasDrifted) }

  /// Alarms that the rule does not take for one are warnings. What could not be judged is never a pass.
  package var verdict: Verdict {
    if reports.count == 1 { return reports[0].verdict }
    if alarmPlace != nil || reports.contains(where: \.isBroken) { return .fail }
    return looseCount > 0 || reports.contains { $0.verdict != .pass } ? .warn : .pass
  }

  /// The verdict in one sentence.
  package var sentence: String {
    let drifted = reports.count(where: \.hasDrifted)
    let sets = "\(counted(reports.count, "set")) against \(reports[0].reference.name)"
    if !incomplete.isEmpty { return "INCOMPLETE  \(sets): not all of it could be read" }
    let first = firstBad.map { ", the first is \($0.current.name)" } ?? ""
    if alarmPlace != nil { return "ALARM  \(sets): \(drifted) drifted (alarm on \(rule.text))\(first)" }
    switch verdict {
    case .fail: return "FAIL  \(sets): not all of them could be judged"
    case .warn where drifted > 0:
      return "WARN  \(sets): \(drifted) drifted, too few for an alarm on \(rule.text)\(first)"
    case .warn: return "WARN  \(sets): none drifted, and not all of them pass"
    case .pass: return "PASS  \(sets): none drifted"
    }
  }
}

extension ComparisonSeries {
  /// The report for people: of several sets one line each, and all of the first that drifted.
  package func text() -> String {
    guard reports.count > 1 else { return reports[0].text() }
    var page = TextPage()
    page.line(sentence)
    page.line("")
    for report in reports { page.line("  \(report.sentence)") }
    if looseCount > 0 {
      page.line("  note: in none of these sets, and not judged: \(counted(looseCount, "record"))")
    }
    guard let shown = firstBad ?? reports.first(where: { $0.verdict == verdict }) else { return page.text }
    page.line("")
    return page.text + shown.text()
  }

  /// The report for machines: that of the only set, or one object around those of all.
  package func json() -> String { jsonValue.reportText }

  /// The report as a JSON value.
  package var jsonValue: JSONValue {
    guard reports.count > 1 else { return reports[0].jsonValue }
    return [
      "assay_report": 1,
      "command": "compare",
      "verdict": .string(incomplete.isEmpty ? word : "incomplete"),
      "sentence": .string(sentence),
      "alarm_on": .string(rule.text),
      "unjudged_records": .integer(looseCount),
      "first_drifted": firstBad.map { .string($0.current.name) } ?? .null,
      "comparisons": .array(reports.map(\.jsonValue)),
    ]
  }

  /// The verdict in one word.
  var word: String {
    if reports.count == 1 { return reports[0].status.rawValue }
    if alarmPlace != nil { return "alarm" }
    switch verdict {
    case .fail: return "failed"
    case .warn: return "warn"
    case .pass: return "pass"
    }
  }
}
