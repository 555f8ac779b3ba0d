import AssayCore

extension SkewReport {
  /// The most features of one origin with lines of their own.
  private static let mostShown = 4

  /// What was matched, what disagrees with records to look at, then the rule if it does not hold. `listed` breaks names
  /// over lines.
  func lines(listed: (String, [String]) -> [String]) -> [String] {
    var lines: [String] = []
    if let joined {
      let indent = "          "
      lines = ["skew      \(counted(joined.matched, "record")) matched by \(joined.by)"]
      lines += (joined.sideLines + Self.findingLines(joined) + Self.nameLines(joined, listed)).map {
        indent + $0
      }
    }
    if let result, result.verdict > .pass { lines += (lines.isEmpty ? [] : [""]) + result.headLines }
    return lines
  }

  /// The features of an origin that disagree.
  private static func disagreeing(_ joined: Joined, _ origin: SkewFinding.Origin) -> [SkewFinding] {
    joined.disagreeing.filter { $0.origin == origin }
  }

  private static func findingLines(_ joined: Joined) -> [String] {
    SkewFinding.Origin.allCases.flatMap { origin in
      disagreeing(joined, origin).prefix(mostShown).flatMap { [$0.text] + joined.exampleLines($0) }
    }
  }

  /// Everything else by name.
  private static func nameLines(_ joined: Joined, _ listed: (String, [String]) -> [String]) -> [String] {
    let others = SkewFinding.Origin.allCases.flatMap { disagreeing(joined, $0).dropFirst(mostShown) }
    let agreeing = joined.findings.filter { $0.disagreeing == 0 }
    return listed("disagree too", others.map { "\(DisplayText.name($0.feature)) \($0.disagreeing)" })
      + listed("agree", agreeing.map { DisplayText.name($0.feature) })
      + listed("not compared: private", joined.privateFeatures.map(DisplayText.name))
  }
}

extension SkewReport.Side {
  /// `reference 400 = 398 matched + 2 unmatched + 0 with a repeated key + 0 without a key`.
  fileprivate func text(_ side: String, _ joined: SkewReport.Joined) -> String {
    let word = joined.by == "key" ? "key" : "value"
    return "\(side.padded(to: 10)) \(records) = \(joined.matched) matched + \(unmatched) unmatched + "
      + "\(duplicates) with a repeated \(word) + \(withoutValue) without a \(word)"
  }
}

extension SkewReport.Joined {
  /// What became of the records of both sides; where nothing matched, with what they would have to be matched by.
  fileprivate var sideLines: [String] {
    [("reference", reference), ("current", current)].map { name, side in
      let isHinted = matched == 0 && !side.unmatchedExamples.isEmpty
      return side.text(name, self)
        + (isHinted ? ", such as \(side.unmatchedExamples.map(shown).joined(separator: ", "))" : "")
    }
  }
}

extension SkewReport.Joined {
  /// What a record is matched by, fit for a line: keys stand as everywhere, values of fields may hold anything.
  fileprivate func shown(_ join: String) -> String { by == "key" ? join : DisplayText.name(join) }

  /// A line for each example of a feature. By a field, records are named as well.
  fileprivate func exampleLines(_ finding: SkewFinding) -> [String] {
    finding.examples.map { example in
      let records = by == "key" ? "" : " (\(example.reference.text), \(example.current.text))"
      return "  - \(shown(example.join))\(records): \(example.movement)"
    }
  }
}

extension SkewFinding {
  /// `image.width 12 of 398 disagree (3 %; 95 %: 1.7 % to 5.2 %), median difference 16, largest 64 pixels`.
  fileprivate var text: String {
    let share = DisplayNumber.percent(Double(disagreeing) / Double(max(1, compared)))
    let range = interval.map {
      "; 95 %: \(DisplayNumber.percent($0.low)) to \(DisplayNumber.percent($0.high))"
    }
    return "\(DisplayText.name(feature).padded(to: 24)) \(disagreeing) of \(compared) disagree "
      + "(\(share)\(range ?? ""))\(missing)\(distance)"
  }

  private var missing: String {
    [("reference", missingInReference), ("current set", missingInCurrent)].filter { $1 > 0 }.map {
      ", \($1) missing in the \($0)"
    }.joined()
  }

  private var distance: String {
    guard let medianDistance, let largestDistance else { return "" }
    let inUnit = unit.isEmpty ? "" : " \(unit)"
    return ", median difference \(DisplayNumber.text(medianDistance)), largest "
      + DisplayNumber.text(largestDistance) + inUnit
  }
}

extension SkewExample {
  /// `36 -> 30`.
  fileprivate var movement: String {
    let (before, after) = (
      referenceValue.shown(besides: currentValue), currentValue.shown(besides: referenceValue)
    )
    let unseen = ExactText.areEqual(before, after) ? "  (they differ in what is not shown)" : ""
    return "\(before) -> \(after)\(unseen)"
  }
}

extension Value {
  /// The value for people. A text besides something else stands in quotes: `"7" -> 7`.
  fileprivate func shown(besides other: Value) -> String {
    switch self {
    case .missing: return "missing"
    case .text(let text):
      let name = DisplayText.name(text)
      return other.text != nil || other.isMissing || name.hasPrefix("\"") ? name : "\"\(name)\""
    case .real(let real): return plainNumber(SignificantDigits.rounded(real, to: 9))
    case .vector(let numbers): return "\(numbers.count) numbers"
    case .boolean, .integer: return canonicalText
    }
  }
}
