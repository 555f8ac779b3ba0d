package import AssayCore

/// Both answers of a check.
package struct CheckReport: Sendable {
  /// With one profile, or with the references that the schema names.
  package enum Comparison: Sendable {
    case profile(ComparisonReport)
    case references(ReferencesReport)

    package var verdict: Verdict {
      switch self {
      case .profile(let report): report.verdict
      case .references(let report): report.verdict
      }
    }

    /// The word that its own section begins with: `ALARM`.
    fileprivate var heading: String {
      switch self {
      case .profile(let report): report.heading
      case .references(let report): report.word.uppercased()
      }
    }

    fileprivate var text: String {
      switch self {
      case .profile(let report): report.text()
      case .references(let report): report.text()
      }
    }

    fileprivate var jsonValue: JSONValue {
      switch self {
      case .profile(let report): report.jsonValue
      case .references(let report): report.jsonValue
      }
    }
  }

  package var validation: ValidationReport
  package var comparison: Comparison
  package var profile: Profile

  /// The verdict in one sentence: the worse of the two, with the name of both.
  package var sentence: String {
    "\(heading)  \(validation.accounts.name): validation: \(validation.heading.lowercased()), "
      + "comparison: \(comparison.heading.lowercased())"
  }

  /// The heading of the part that is worse. What was not read to its end is judged by neither.
  private var heading: String {
    let headings = [validation.heading, comparison.heading]
    if let incomplete = headings.first(where: { $0 == "INCOMPLETE" }) { return incomplete }
    return comparison.verdict > validation.verdict ? comparison.heading : validation.heading
  }

  /// The report for people: one verdict, and both reports.
  package func text() -> String {
    var page = TextPage()
    page.line(sentence)
    page.line("")
    return page.text + validation.text() + "\n" + comparison.text
  }

  /// One JSON object around both reports.
  package func json() -> String {
    let value: JSONValue = [
      "assay_report": 1, "command": "check", "verdict": .string(heading.lowercased()),
      "sentence": .string(sentence), "validation": validation.jsonValue, "comparison": comparison.jsonValue,
    ]
    return value.reportText
  }
}
