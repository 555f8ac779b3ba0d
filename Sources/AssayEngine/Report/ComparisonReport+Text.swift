import AssayCore

extension ComparisonReport {
  /// The report for people: the verdict, what moved most, what cannot be told, and what did not move.
  package func text() -> String {
    var page = TextPage()
    page.line(sentence)
    for line in incomplete + notes { page.line("  note: \(line)") }
    let features = ComparedFeatureScores.grouped(scores)
    add(features.filter { $0.status == .alarm }.sorted { $0.excess > $1.excess }, limit: 40, &page)
    add(features.filter { $0.status == .failed }, limit: 10, &page)
    addNames("too few records to tell", features.filter { $0.status == .insufficient }, &page)
    addNames("did not move", features.filter { $0.status == .pass }, &page)
    return page.text
  }

  private func add(_ features: [ComparedFeatureScores], limit: Int, _ page: inout TextPage) {
    guard !features.isEmpty else { return }
    page.line("")
    for feature in features.prefix(limit) { page.line("  " + feature.line) }
    if features.count > limit {
      page.line("  ... and \(features.count - limit) more (--format json has all)")
    }
  }

  private func addNames(_ what: String, _ features: [ComparedFeatureScores], _ page: inout TextPage) {
    let names = features.filter { $0.slice == nil }.map(\.feature)
    guard !names.isEmpty else { return }
    page.line("")
    page.line("  \(what): \(names.joined(separator: ", "))")
  }
}

/// All that was said of one feature: a reader wants one line of it.
private struct ComparedFeatureScores {
  var feature: String
  var slice: String?
  var scores: [DriftScore]

  /// The scores by feature and slice, in their order.
  static func grouped(_ scores: [DriftScore]) -> [ComparedFeatureScores] {
    var groups: [ComparedFeatureScores] = []
    for score in scores {
      if let last = groups.last, last.feature == score.feature, last.slice == score.slice {
        groups[groups.count - 1].scores.append(score)
      } else {
        groups.append(ComparedFeatureScores(feature: score.feature, slice: score.slice, scores: [score]))
      }
    }
    return groups
  }

  /// The worst thing said; a comparator without a threshold only informs.
  var status: DriftStatus {
    let order: [DriftStatus] = [.failed, .alarm, .insufficient, .warn, .pass]
    return order.first { status in scores.contains { $0.status == status } } ?? .notApplicable
  }

  /// By how much the strongest statistic exceeds its threshold: the order in which a reader should look.
  var excess: Double { scores.map(\.excess).max() ?? 0 }

  var line: String {
    let name = (slice.map { "\(feature) in \($0)" } ?? feature).padded(to: 26)
    let measured = scores.compactMap(\.measured).joined(separator: ", ")
    let first = scores[0]
    let notes = scores.compactMap(\.note).first.map { "  (\($0))" } ?? ""
    return "\(status.rawValue.padded(to: 6)) \(name) \(first.movement)  [\(measured)]  "
      + "n \(first.referenceCount), \(first.currentCount)\(notes)"
  }
}

extension DriftScore {
  fileprivate var excess: Double {
    guard status == .alarm, let statistic, let threshold else { return 0 }
    // Above any: a threshold of zero makes every excess infinite, and the statistic itself the order.
    return threshold > 0 ? statistic / threshold : statistic
  }

  /// `kl 1.75 > 0.3`; nil without a statistic.
  fileprivate var measured: String? {
    let name =
      comparator.split(separator: "/").first?.split(separator: ".").last.map(String.init) ?? comparator
    guard let statistic else { return nil }
    let limit = threshold.map { " \(statistic > $0 ? ">" : "<=") \(DisplayNumber.text($0))" } ?? ""
    return "\(name) \(DisplayNumber.text(statistic))\(limit)"
  }
}
