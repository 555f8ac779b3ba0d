package import AssayCore

/// The current data against every reference that the schema names: a section for each, and one verdict.
package struct ReferencesReport: Sendable {
  /// One reference and what was found against it.
  package struct Section: Sendable {
    package var reference: DriftReference
    package var series: ComparisonSeries

    package init(reference: DriftReference, series: ComparisonSeries) {
      self.reference = reference
      self.series = series
    }

    /// Drift from a reference of severity `warn` is a warning; what could not be judged stays a failure.
    package var verdict: Verdict {
      let isCapped = reference.severity == .warn && series.reports.allSatisfy(\.isJudged)
      return isCapped ? min(series.verdict, .warn) : series.verdict
    }

    /// `training: alarm`.
    var summary: String {
      let cap = verdict == series.verdict ? "" : " (severity warn)"
      return "\(DisplayText.name(reference.name)): \(series.word)\(cap)"
    }
  }

  /// At least one, in the order of the schema.
  package var sections: [Section]

  package init(_ sections: [Section]) {
    precondition(!sections.isEmpty, "references of nothing")
    self.sections = sections
  }

  package var verdict: Verdict { sections.map(\.verdict).max() ?? .pass }

  /// Sources that could not be read to their end, each once.
  package var incomplete: [String] {
    var known: Set<String> = []
    return sections.flatMap(\.series.incomplete).filter { known.insert($0).inserted }
  }

  /// The verdict in one word.
  var word: String { incomplete.isEmpty ? verdict.rawValue : "incomplete" }

  /// The verdict in one sentence.
  package var sentence: String {
    let sets = sections[0].series.reports
    let current = sets.count == 1 ? sets[0].current.name : "\(sets.count) sets"
    let count = counted(sections.count, "reference")
    return "\(word.uppercased())  \(current) against \(count): "
      + sections.map(\.summary).joined(separator: ", ")
  }
}

extension ReferencesReport {
  /// The report for people: the verdict, and a section for each reference.
  package func text() -> String {
    sentence + "\n"
      + sections.map { "\n\(DisplayText.name($0.reference.name))\n\($0.series.text())" }.joined()
  }

  /// The report for machines: one JSON object around those of all references.
  package func json() -> String { jsonValue.reportText }

  /// The report as a JSON value.
  package var jsonValue: JSONValue {
    [
      "assay_report": 1,
      "command": "compare",
      "verdict": .string(word),
      "sentence": .string(sentence),
      "references": .array(
        sections.map { section in
          [
            "name": .string(section.reference.name),
            "severity": .string(section.reference.severity.name),
            "verdict": .string(section.verdict.rawValue),
            "report": section.series.jsonValue,
          ]
        }),
    ]
  }
}

extension ComparisonReport {
  /// Whether all that was asked of it was answered, and nothing but drift can be bad.
  fileprivate var isJudged: Bool { !isEmpty && failures.isEmpty && rulesVerdict != .fail }
}
