import AssayCore

extension ColumnProfile {
  /// The column in one line: how many values, how many records of `recordCount` lack one, and what they are like.
  func summary(of recordCount: Int64) -> String {
    let present = presentCount &+ (privacy?.presentCount ?? 0)
    let head = "n \(present)".padded(to: 10)
    let missing = max(0, recordCount &- present)
    let parts = [
      missing > 0 ? "missing \(missing)" : nil, privateSummary, numberSummary, timeSummary, categorySummary,
      opaqueCount > 0 ? counted(opaqueCount, "list") : nil,
    ]
    return head + parts.compactMap { $0 }.joined(separator: "; ")
  }

  private var numberSummary: String? {
    guard let bounds, let mean else { return nil }
    let isNamed = reals == nil && (categoryCounts?.count ?? .max) <= 6
    if isNamed { return nil }
    let quantiles = [0.05, 0.5, 0.95].compactMap { quantile($0) }.map(DisplayNumber.text)
    return "mean \(DisplayNumber.text(mean)), min \(DisplayNumber.text(bounds.lowerBound)), "
      + "5/50/95 % \(quantiles.joined(separator: " / ")), max \(DisplayNumber.text(bounds.upperBound))"
  }

  private var timeSummary: String? {
    timestamps.map { "\(Timestamp(seconds: $0.minimum)) to \(Timestamp(seconds: $0.maximum))" }
  }

  /// The most frequent names; numbers are named only where there are few.
  private var categorySummary: String? {
    let hasWords = falseCount &+ trueCount &+ (texts?.count ?? 0) > 0
    guard let counts = categoryCounts else {
      return distinctEstimate.flatMap { hasWords ? "about \(DisplayNumber.text($0.rounded())) values" : nil }
    }
    guard hasWords || (reals == nil && counts.count <= 6), !counts.isEmpty else { return nil }
    // Names that hardly ever come again say nothing.
    if counts.count > 6, 2 * counts.count > presentCount { return "\(counts.count) values" }
    let sorted = counts.sorted { ($1.count, ExactText($0.name)) < ($0.count, ExactText($1.name)) }
    let shown = sorted.prefix(6).map { "\(Self.short($0.name)) (\($0.count))" }.joined(separator: ", ")
    return sorted.count > 6 ? "\(shown), \(sorted.count - 6) more" : shown
  }

  private var privateSummary: String? {
    privacy.map { counts in
      "private: " + counts.masks.sorted.map { "\($0.name) \($0.element)" }.joined(separator: ", ")
    }
  }

  /// A name that fits a line, without control characters.
  private static func short(_ name: String) -> String {
    let clean = String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    return clean.count > 24 ? "\(clean.prefix(23))…" : clean
  }
}
