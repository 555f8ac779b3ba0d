import AssayCore

extension RecordReading {
  /// What a check of several fields says.
  func outcomeOfRecord(_ check: RecordCheck) -> RuleOutcome {
    guard case .probabilities(let fields, let sum, let tolerance) = check else { return .notApplicable }
    // Values that are no numbers are judged by the fields' types.
    if fields.contains(where: isJudgedElsewhere) { return .notApplicable }
    if fields.contains(where: { withheld($0) != nil }) { return .null(Self.withheldWords) }
    let values = fields.map(givenValue)
    if values.allSatisfy(\.isMissing) { return .notApplicable }
    var findings: [(FindingCode, String)] = []
    var total = 0.0
    for (field, value) in zip(fields, values) {
      guard let numbers = value.numbers else {
        findings.append((.outputsSum, "\(field.fullName) is \(value.isMissing ? "missing" : "no number")"))
        continue
      }
      total += numbers.reduce(0, +)
      if let strange = numbers.first(where: { !(0...1).contains($0) }) {
        findings.append((.outputsRange, "\(field.fullName) has \(plainNumber(strange))"))
      }
    }
    // Also where the sum is no number.
    if findings.isEmpty, !((total - sum).magnitude <= tolerance) {
      findings.append((.outputsSum, "the sum \(plainNumber(SignificantDigits.rounded(total, to: 6)))"))
    }
    return findings.isEmpty ? .passed : .violatedAs(findings)
  }

  /// The value as it was given where it is a list, which no type reads.
  private func givenValue(_ feature: FeatureReference) -> Value {
    if case .field(let name) = feature, let index = fieldIndex(name), case .vector = fields[index].raw {
      return fields[index].raw
    }
    return value(of: feature)
  }
}

extension Value {
  /// The number, or the numbers of a list.
  fileprivate var numbers: [Double]? {
    if case .vector(let numbers) = self { return numbers }
    return number.map { [$0] }
  }
}
