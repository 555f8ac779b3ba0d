package import AssayCore

/// What two sets have in common, and what the schema says of it.
package struct OverlapReport: Sendable {
  /// Exact contents first.
  package var findings: [OverlapFinding]
  /// The rules in the order of the schema.
  package var results: [RuleResult]

  package init(findings: [OverlapFinding], results: [RuleResult]) {
    self.findings = findings
    self.results = results
  }

  /// Whether it is certain that records are on both sides, by their content. Counts of the whole sets contain them, while
  /// chance is stated as if the sets had nothing in common.
  package var isOverlapping: Bool { findings.contains { $0.kind == .exact && $0.isCertain } }

  package var verdict: Verdict { RuleJudge.verdict(of: results) }

  /// The rules that are violated, not judged or out of date, in a few words; nil where all hold.
  package var complaint: String? {
    let bad = results.filter { $0.verdict > .pass }
    func named(_ results: [RuleResult], _ what: String) -> String? {
      results.isEmpty ? nil : "\(results.map(\.rule).joined(separator: ", ")) \(what)"
    }
    let words = [
      named(bad.filter(\.isJudged), "violated"), named(bad.filter { !$0.isJudged }, "not judged"),
      named(results.filter(\.isExpired), "out of date"),
    ].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// What is to be said of the scores.
  package var note: String? {
    isOverlapping
      ? "overlapping: counts of whole sets contain the records that are on both sides, and p-values assume none are"
      : nil
  }

  /// One line a finding, with the pairs to look at; then the rules that do not hold.
  var lines: [String] {
    var lines: [String] = []
    var said: Set<String> = []
    for finding in findings {
      lines.append((lines.isEmpty ? "overlap   " : "          ") + finding.text)
      // Near and turned leave out the same.
      lines += finding.remarks.filter { said.insert($0).inserted }.map { "            (\($0))" }
      lines += finding.examples.map { "            - \($0.text)" }
    }
    for result in results where result.verdict > .pass { lines += [""] + result.headLines }
    for result in results {
      guard let expiredOn = result.expiredOn, result.verdict == .pass else { continue }
      lines += [
        "", "warn   \(result.rule)  [\(FindingCode.ruleExpired.rawValue)]",
        "       this rule was to hold until \(expiredOn)",
      ]
    }
    return lines
  }

  var jsonValue: JSONValue {
    [
      "overlapping": .boolean(isOverlapping),
      "findings": .array(findings.map(\.jsonValue)),
      "rules": .array(results.map(\.jsonValue)),
    ]
  }
}

extension OverlapExample {
  /// `test/7.jpg = train/12.jpg  (2 bits apart)`.
  fileprivate var text: String {
    let partner = reference.map { " = \($0.text)" } ?? ""
    return current.text + partner + (note.isEmpty ? "" : "  (\(note))")
  }

  fileprivate var jsonValue: JSONValue {
    [
      "current": current.jsonValue(found: ""), "reference": reference?.jsonValue(found: "") ?? .null,
      "note": .string(note),
    ]
  }
}

extension OverlapFinding {
  fileprivate var jsonValue: JSONValue {
    var members: [(name: String, value: JSONValue)] = [("kind", .string(kind.word))]
    if let field = kind.field { members.append(("field", .string(field))) }
    if let radius = kind.radius { members.append(("radius", .integer(Int64(radius)))) }
    members += answerMembers + [("of", .integer(Int64(whole)))]
    members.append(("remarks", .array(remarks.map { .string($0) })))
    members.append(("examples", .array(examples.map(\.jsonValue))))
    return .object(JSONObject(members))
  }

  private var answerMembers: [(name: String, value: JSONValue)] {
    switch answer {
    case .counted(let count): return [("method", .string("exact")), ("records", .integer(Int64(count)))]
    case .unknown(let reason): return [("method", .string("unknown")), ("reason", .string(reason))]
    case .estimated(let estimate):
      let (low, high) = (Int64(estimate.interval.lowerBound), Int64(estimate.interval.upperBound))
      return [
        ("method", .string("estimate")), ("distinct", .integer(Int64(estimate.value))),
        ("interval_95", .array([.integer(low), .integer(high)])),
        ("at_least", .integer(Int64(estimate.seen))),
      ]
    }
  }
}

extension ComparisonReport {
  /// Adds what the sides have in common.
  mutating func add(_ overlap: OverlapReport) {
    self.overlap = overlap
    if let note = overlap.note { notes.append(note) }
  }
}
