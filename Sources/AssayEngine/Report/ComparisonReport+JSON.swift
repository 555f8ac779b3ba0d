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
        "tests": .integer(Int64(testCount)), "correction": .string(correction.rawValue),
        "assumes_independent_records": .boolean(assumesIndependence),
        "windows": windows.map(\.jsonValue) ?? .null,
      ],
      "notes": .array((incomplete + notes).map { .string($0) }),
      "likely": diagnosis.map(\.jsonValue) ?? .null,
      "where": place.map { .string($0.text) } ?? .null,
      "since": onset.map(\.jsonValue) ?? .null,
      "examples": examples.map(\.jsonValue) ?? .null,
      "overlap": overlap.map(\.jsonValue) ?? .null,
      "skew": skew.map(\.jsonValue) ?? .null,
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

extension DriftDiagnosis {
  fileprivate var jsonValue: JSONValue {
    [
      "cause": .string(cause.rawValue), "facts": .array(facts.map { .string($0) }),
      "unmoved": .array(unmoved.map { .string($0) }),
    ]
  }
}

extension DriftOnset {
  fileprivate var jsonValue: JSONValue {
    [
      "first_window": first.map { .string(Timestamp(seconds: $0).description) } ?? .null,
      "windows": .integer(Int64(windows.count)), "moved": .integer(Int64(movedCount)),
      "untold": .integer(Int64(untoldCount)),
    ]
  }
}

extension DriftExamples {
  fileprivate var jsonValue: JSONValue {
    [
      "feature": .string(feature), "reference": .array(reference.map { .string($0.text) }),
      "current": .array(current.map { .string($0.text) }),
    ]
  }
}

extension DriftSplit {
  fileprivate var jsonValue: JSONValue {
    [
      "by": .string(by), "kind": .string(kind.rawValue), "mix": mix.jsonValue,
      "within": within.map(\.jsonValue) ?? .null,
      "changed_strata": .array(changedStrata.map { .string($0) }),
      "reference_count": .integer(referenceCount), "current_count": .integer(currentCount),
    ]
  }
}

extension DriftSplit.Part {
  fileprivate var jsonValue: JSONValue {
    [
      "statistic": ComparisonReport.number(statistic), "movement": .string(movement),
      "p": ComparisonReport.number(chance.p), "p_adjusted": ComparisonReport.number(chance.adjusted),
      "draws": .integer(Int64(chance.draws)), "significant": .boolean(isSignificant),
    ]
  }
}

extension DriftScore {
  fileprivate var jsonValue: JSONValue {
    [
      "feature": .string(feature),
      "role": role.map { .string($0) } ?? .null,
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
      "accepted": acceptance.map(\.jsonValue) ?? .null,
      "splits": .array(splits.map(\.jsonValue)),
      "reference_count": .integer(referenceCount),
      "current_count": .integer(currentCount),
      "note": note.map { .string($0) } ?? .null,
    ]
  }
}

extension DriftAcceptance {
  fileprivate var jsonValue: JSONValue {
    [
      "state": .string(state.rawValue), "until": .string(accepted.until),
      "because": .string(accepted.because), "comparator": .string(accepted.comparator),
      "min": accepted.effect.min.map(ComparisonReport.number) ?? .null,
      "max": accepted.effect.max.map(ComparisonReport.number) ?? .null,
    ]
  }
}

extension DriftMeasure {
  fileprivate var jsonValue: JSONValue {
    [
      "comparator": .string(comparator),
      "statistic": statistic.map(ComparisonReport.number) ?? .null,
      "unit": .string(unit),
      "larger_is_drift": .boolean(largerIsDrift),
      "minimum": range.min.map(ComparisonReport.number) ?? .null,
      "maximum": range.max.map(ComparisonReport.number) ?? .null,
      "floor": floor.map(ComparisonReport.number) ?? .null,
      "break_floor": breakFloor.map(ComparisonReport.number) ?? .null,
      "false_alarm_rate": falseAlarmRate.map(ComparisonReport.number) ?? .null,
      "detectable": detectable.map(ComparisonReport.number) ?? .null,
    ]
  }
}

extension ComparisonReport {
  /// Nine significant digits, so that reports agree across machines; JSON has no infinity.
  static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .real(SignificantDigits.rounded(value, to: 9)) : .string(value < 0 ? "-inf" : "inf")
  }
}
