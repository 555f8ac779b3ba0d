package import AssayCore

extension ComparisonReport {
  /// The report for machines: one JSON object, indented, its members in a fixed order.
  package func json() -> String { jsonValue.reportText }

  /// The report as a JSON value, to stand alone or inside a larger one.
  package var jsonValue: JSONValue {
    [
      "assay_report": 1,
      "command": "compare",
      "verdict": .string(incomplete.isEmpty ? (verdict == .fail ? "alarm" : verdict.rawValue) : "incomplete"),
      "sentence": .string(sentence),
      "reference": reference.jsonValue,
      "current": current.jsonValue,
      "notes": .array((incomplete + notes).map { .string($0) }),
      "scores": .array(scores.map(\.jsonValue)),
    ]
  }
}

extension ComparedSide {
  /// With both accounting identities where the side was read now.
  fileprivate var jsonValue: JSONValue {
    .object(
      JSONObject(
        [(name: "name", value: .string(name)), (name: "records", value: .integer(recordCount))]
          + (accounts?.members ?? [])))
  }
}

extension DriftScore {
  fileprivate var jsonValue: JSONValue {
    [
      "feature": .string(feature),
      "slice": slice.map { .string($0) } ?? .null,
      "aspect": .string(aspect.rawValue),
      "comparator": comparator.isEmpty ? .null : .string(comparator),
      "status": .string(status.rawValue),
      "statistic": statistic.map(Self.number) ?? .null,
      "unit": .string(unit),
      "threshold": threshold.map(Self.number) ?? .null,
      "movement": .string(movement),
      "reference_count": .integer(referenceCount),
      "current_count": .integer(currentCount),
      "note": note.map { .string($0) } ?? .null,
    ]
  }

  /// Nine significant digits, so that reports agree across machines; JSON has no infinity.
  private static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .real(SignificantDigits.rounded(value, to: 9)) : .string(value < 0 ? "-inf" : "inf")
  }
}
