import AssayCore

extension ComparisonReport {
  /// The report for people: the verdict, what moved most, and what did not.
  package func text() -> String {
    var page = TextPage()
    page.line(sentence)
    for line in incomplete + notes { page.line("  note: \(line)") }
    addAlarms(&page)
    addUndecided(&page)
    addRest(&page)
    return page.text
  }

  private func addAlarms(_ page: inout TextPage) {
    guard !alarms.isEmpty else { return }
    page.line("")
    for score in alarms.sorted(by: { Self.excess($0) > Self.excess($1) }) { page.line("  " + score.line) }
  }

  private func addUndecided(_ page: inout TextPage) {
    guard !undecided.isEmpty else { return }
    page.line("")
    for score in undecided.prefix(20) { page.line("  " + score.line) }
    if undecided.count > 20 { page.line("  ... and \(undecided.count - 20) more (--format json has all)") }
  }

  private func addRest(_ page: inout TextPage) {
    let moved = Set(alarms.map(\.feature))
    let still = scores.filter { $0.status == .pass && $0.slice == nil && !moved.contains($0.feature) }
    let names = still.reduce(into: [String]()) { if $0.last != $1.feature { $0.append($1.feature) } }
    guard !names.isEmpty else { return }
    page.line("")
    page.line("  did not move: \(names.joined(separator: ", "))")
  }

  /// By how much a statistic exceeds its threshold: the order in which a reader should look.
  private static func excess(_ score: DriftScore) -> Double {
    guard let statistic = score.statistic, let threshold = score.threshold else { return 0 }
    return threshold > 0 ? statistic / threshold : .infinity
  }
}

extension DriftScore {
  /// One line: feature, statistic against threshold, what moved, how many records.
  fileprivate var line: String {
    let name = (slice.map { "\(feature) in \($0)" } ?? feature).padded(to: 26)
    let comparatorName =
      comparator.split(separator: "/").first?.split(separator: ".").last.map(String.init) ?? comparator
    let measured =
      statistic.map { value in
        "\(comparatorName) \(DisplayNumber.text(value))"
          + (threshold.map { value > $0 ? " > \(DisplayNumber.text($0))" : " <= \(DisplayNumber.text($0))" }
            ?? "")
      } ?? comparatorName
    let limits = note.map { "  (\($0))" } ?? ""
    return "\(status.rawValue.padded(to: 12)) \(name) \(measured.padded(to: 22)) \(movement)  "
      + "n \(referenceCount), \(currentCount)\(limits)"
  }
}
