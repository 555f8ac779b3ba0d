import AssayCore

extension SkewReport {
  /// The report for machines.
  var jsonValue: JSONValue {
    [
      "join": joined.map { .string($0.by) } ?? .null,
      "matched": joined.map { .integer(Int64($0.matched)) } ?? .null,
      "reference": joined.map(\.reference.jsonValue) ?? .null,
      "current": joined.map(\.current.jsonValue) ?? .null,
      "features": .array(
        (joined?.findings ?? []).map { finding in
          .object(
            JSONObject(finding.members + [(name: "exceeded", value: .boolean(isExceeded(finding)))]))
        }),
      "not_compared_private": .array((joined?.privateFeatures ?? []).map { .string($0) }),
      "rule": result.map(\.jsonValue) ?? .null,
    ]
  }
}

extension SkewReport.Side {
  fileprivate var jsonValue: JSONValue {
    [
      "records": .integer(Int64(records)), "unmatched": .integer(Int64(unmatched)),
      "duplicates": .integer(Int64(duplicates)), "without_value": .integer(Int64(withoutValue)),
      "unmatched_examples": .array(unmatchedExamples.map { .string($0) }),
    ]
  }
}

extension SkewFinding {
  fileprivate var members: [(name: String, value: JSONValue)] {
    let share = compared > 0 ? Double(disagreeing) / Double(compared) : nil
    return [
      ("feature", .string(feature)), ("disagreeing", .integer(Int64(disagreeing))),
      ("of", .integer(Int64(compared))), ("share", share.map(ComparisonReport.number) ?? .null),
      (
        "interval_95",
        interval.map { .array([ComparisonReport.number($0.low), ComparisonReport.number($0.high)]) } ?? .null
      ),
      ("differing", .integer(Int64(differing))),
      ("missing_in_reference", .integer(Int64(missingInReference))),
      ("missing_in_current", .integer(Int64(missingInCurrent))),
      ("tolerance", .string("\(tolerance)")), ("unit", .string(unit)),
      ("median_distance", medianDistance.map(ComparisonReport.number) ?? .null),
      ("largest_distance", largestDistance.map(ComparisonReport.number) ?? .null),
      ("examples", .array(examples.map(\.jsonValue))),
    ]
  }
}

extension SkewExample {
  fileprivate var jsonValue: JSONValue {
    [
      "join": .string(join), "reference": referenceValue.reportValue, "current": currentValue.reportValue,
      "reference_record": .string(reference.text), "current_record": .string(current.text),
    ]
  }
}

extension Value {
  /// The value in its own type; of a list no more than its length.
  fileprivate var reportValue: JSONValue {
    switch self {
    case .missing: .null
    case .boolean(let flag): .boolean(flag)
    case .integer(let integer): .integer(integer)
    case .real(let real): real.isNaN ? .string("nan") : ComparisonReport.number(real)
    case .text(let text): .string(text)
    case .vector(let numbers): .string("\(numbers.count) numbers")
    }
  }
}
