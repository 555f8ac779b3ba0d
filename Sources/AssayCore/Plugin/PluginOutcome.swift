/// What became of showing one record to one plugin.
package enum PluginOutcome: Sendable, Hashable {
  /// A measurement answered; its values are among the record's measurements.
  case measured
  /// An invariant answered.
  case found([PluginFinding])
  /// The plugin has nothing to say of the record.
  case notApplicable
  /// The record was not shown: one of its images is not whole.
  case notAsked
  case failed(PluginLapse)
}

/// Why a plugin gave no answer for a record it should have answered.
package struct PluginLapse: Error, Sendable, Hashable {
  package var code: FindingCode
  /// What happened, for people, without the plugin's id.
  package var reason: String

  package init(_ code: FindingCode, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}

extension PluginUse {
  /// What a row says became of showing its record to this plugin.
  package func outcome(in row: RecordedRow) -> PluginOutcome {
    if row.images.contains(where: { $0.outcome != .ok }) { return .notAsked }
    let own = row.pluginFindings.filter { $0.subject == plugin }
    for finding in own {
      if let code = FindingCode(rawValue: finding.code) { return .failed(PluginLapse(code, finding.found)) }
    }
    let names = Set(row.measurements.map(\.name))
    guard measurements.allSatisfy({ names.contains($0.name) }) else {
      return .failed(PluginLapse(.pluginNotRun, "its row was written without this plugin"))
    }
    guard call?.isInvariant == true else { return .measured }
    return .found(
      own.map {
        PluginFinding(
          code: String($0.code.dropFirst(plugin.count + 1)), expected: $0.expected, found: $0.found)
      })
  }
}

extension Finding {
  /// Whether a plugin made it, or failed to: its subject is the plugin's id.
  package var isOfPlugin: Bool {
    code.hasPrefix("\(subject):") || FindingCode(rawValue: code)?.isPluginLapse ?? false
  }
}

extension FindingCode {
  /// Whether it says that a plugin gave no answer.
  package var isPluginLapse: Bool {
    switch self {
    case .pluginCrashed, .pluginTimeout, .pluginFailed, .pluginFrameTooLarge, .pluginNotRun: true
    default: false
    }
  }
}
