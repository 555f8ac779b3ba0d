package import AssayCore

extension ComparisonReport {
  /// The report for machines: one JSON object, indented, its members in a fixed order.
  package func json() -> String { jsonValue.reportText }

  /// The report as a JSON value, to stand alone or inside a larger one.
  package var jsonValue: JSONValue {
    [
      "assay_report": 1,
      "command": "compare",
      "verdict": .string(incomplete.isEmpty ? status.rawValue : "incomplete"),
      "sentence": .string(sentence),
      "reference": reference.jsonValue,
      "current": current.jsonValue,
      "false_alarms": [
        "family_alpha": Self.number(rate.familyAlpha), "derivation": .string(rate.derivation),
        "tests": .integer(Int64(testCount)), "assumes_independent_records": .boolean(assumesIndependence),
        "windows": windows.map(\.jsonValue) ?? .null,
      ],
      "notes": .array((incomplete + notes).map { .string($0) }),
      "scores": .array(scores.map(\.jsonValue)),
    ]
  }
}

extension ReferenceWindows {
  fileprivate var jsonValue: JSONValue {
    [
      "kind": .string(kind), "usable": .integer(Int64(populations.count)), "kept": .integer(Int64(keptCount)),
      "needed": .integer(Int64(neededCount)), "ranked": .boolean(suffice),
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
      "status": .string(status.rawValue),
      "movement": .string(movement),
      "p": chance.map { ComparisonReport.number($0.p) } ?? .null,
      "p_adjusted": chance.map { ComparisonReport.number($0.adjusted) } ?? .null,
      "calibration": chance.map { .string($0.method.rawValue) } ?? .null,
      "draws": chance.map { .integer(Int64($0.draws)) } ?? .null,
      "thinned": chance.map { .boolean($0.isThinned) } ?? .null,
      "measures": .array(measures.map(\.jsonValue)),
      "reference_count": .integer(referenceCount),
      "current_count": .integer(currentCount),
      "note": note.map { .string($0) } ?? .null,
    ]
  }
}

extension DriftMeasure {
  fileprivate var jsonValue: JSONValue {
    [
      "comparator": .string(comparator),
      "statistic": statistic.map(ComparisonReport.number) ?? .null,
      "unit": .string(unit),
      "floor": floor.map(ComparisonReport.number) ?? .null,
      "break_floor": breakFloor.map(ComparisonReport.number) ?? .null,
      "false_alarm_rate": falseAlarmRate.map(ComparisonReport.number) ?? .null,
      "detectable": detectable.map(ComparisonReport.number) ?? .null,
    ]
  }
}

extension ComparisonReport {
  /// Nine significant digits, so that reports agree across machines; JSON has no infinity.
  fileprivate static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .real(SignificantDigits.rounded(value, to: 9)) : .string(value < 0 ? "-inf" : "inf")
  }
}
