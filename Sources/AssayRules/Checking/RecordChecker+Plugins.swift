package import AssayCore

extension RecordChecker {
  /// The fields that a plugin may see: those a row shows, with the values it shows.
  package func visibleFields(of record: RecordView) -> [NamedValue] {
    observations(RecordReading(record, names: names, detector: detector)).compactMap { field in
      field.privacy == nil ? NamedValue(name: field.name, value: field.value) : nil
    }
  }

  /// What plugins said of the record, where their entry's condition holds: once for each, whatever is bounded.
  func pluginFindings(_ reading: RecordReading, _ answers: [SQLProgram.Answer]) -> [Finding] {
    var findings: [Finding] = []
    for (index, (use, outcome)) in zip(rules.plugins, reading.record.plugins).enumerated() {
      if let condition = pluginAnswers[index], answers[condition] != .yes { continue }
      findings += use.findings(outcome)
    }
    return findings
  }
}

extension PluginUse {
  /// The findings that a row carries for an outcome.
  fileprivate func findings(_ outcome: PluginOutcome) -> [Finding] {
    switch outcome {
    case .measured, .notApplicable, .notAsked: []
    case .found(let found):
      found.map {
        Finding(
          code: "\(plugin):\($0.code)", rule: id, severity: terms.severity, subject: plugin,
          expected: $0.expected, found: $0.found)
      }
    case .failed(let lapse):
      [
        Finding(
          code: lapse.code.rawValue, rule: id, severity: terms.onNull == .skip ? .info : terms.severity,
          subject: plugin, expected: "an answer", found: lapse.reason)
      ]
    }
  }
}
