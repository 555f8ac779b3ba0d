import AssayCore

extension ComparisonReport {
  /// The most lines of one status: a reader at three in the morning needs the strongest.
  private static let mostLines = 8

  /// The report for people: the verdict, what moved most, what cannot be told, and what did not move. One line a
  /// feature.
  package func text() -> String {
    var page = TextPage()
    page.line(sentence)
    addStory(&page)
    let features = FeatureScores.grouped(scores)
    for status in [DriftStatus.alarm, .warn] {
      add(features.filter { $0.status == status }.sorted { $0.isBefore($1) }, &page)
    }
    add(acceptedLines, &page)
    add(FeatureScores.failures(scores), &page)
    add(untoldLines(of: features.filter { $0.status == .insufficient }.map(\.feature)), &page)
    add(smallSliceLines, &page)
    add("nothing to compare", features, .notApplicable, &page)
    let still = features.filter { !$0.hasAccepted }
    add("did not move", still.filter { !$0.isPartlyUntold }, .pass, &page)
    add("did not move where it could be told", still.filter(\.isPartlyUntold), .pass, &page)
    page.line("")
    for line in overlap?.lines ?? [] { page.line(line.isEmpty ? "" : "  \(line)") }
    addSkew(&page)
    if testCount > 0 { page.line("  \(basis)") }
    if let correctionText { page.line("  \(correctionText)") }
    for line in incomplete + notes { page.line("  note: \(line)") }
    for side in [reference, current] { add(side, &page) }
    return page.text
  }

  /// What most likely happened, why, where, records to look at, and what to do next.
  private func addStory(_ page: inout TextPage) {
    guard let diagnosis else { return }
    page.line("")
    page.line("  likely    \(diagnosis.cause.summary)  [\(diagnosis.cause.rawValue)]")
    for fact in diagnosis.facts { page.line("            - \(fact)") }
    if !diagnosis.unmoved.isEmpty {
      page.line("            unmoved: \(diagnosis.unmoved.joined(separator: ", "))")
    }
    if let place { page.line("  where     \(place.text)") }
    if let onset { page.line("  since     \(onset.text)") }
    if let examples {
      page.line("  look at   records that show \(examples.feature) best")
      for (side, locators) in [("current", examples.current), ("reference", examples.reference)] {
        for locator in locators { page.line("            \(side.padded(to: 10)) \(locator.text)") }
      }
    }
    page.line("  next      \(nextCommand(diagnosis.cause))")
  }

  /// What to run next, ready to be pasted where the names allow it.
  private func nextCommand(_ cause: DriftCause) -> String {
    if examples == nil, !isOfSources {
      return "compare the sources themselves instead of profiles, to see records: "
        + "assay compare --reference SOURCE... --current SOURCE..."
    }
    return "assay explain \(cause.rawValue)"
  }

  /// Whether both sides were read now, and not from profiles.
  private var isOfSources: Bool { reference.accounts != nil && current.accounts != nil }

  /// What records that are on both sides disagree in.
  private func addSkew(_ page: inout TextPage) {
    guard let skew else { return }
    if overlap != nil { page.line("") }
    for line in skew.lines(listed: Self.listed) { page.line(line.isEmpty ? "" : "  \(line)") }
    page.line("")
  }

  /// What p-values stand on.
  private var basis: String {
    let ranks = windows.map { "; \($0.sentence)" } ?? ""
    let independence =
      !assumesIndependence
      ? ""
      : windows?.suffice == true
        ? "; slices are not ranked: these assume independent records, and only breaks warn"
        : "; assumes independent records, so only breaks alarm"
    return "\(rate.derivation); \(counted(testCount, "test"))\(ranks)\(independence)"
  }

  /// What the printed p-values are corrected for; nil where none is.
  private var correctionText: String? {
    let families = [(false, "columns"), (true, "pixels")].map { pixels, words in
      (DriftFamily.members(scores, pixels: pixels).count, words)
    }.filter { $0.0 > 0 }
    guard !families.isEmpty else { return nil }
    let each = families.map { "\(counted($0.0, "test")) of \($0.1)" }.joined(separator: " and ")
    let own =
      rate.shareCount > 1 ? " against this reference, one of \(rate.shareCount) that share the rate" : ""
    return "p is corrected for \(each)\(own) (\(correction.rawValue))"
  }

  /// The strongest features with a line each and one for each split, the others by name.
  private func add(_ features: [FeatureScores], _ page: inout TextPage) {
    guard let status = features.first?.status else { return }
    add(features.prefix(Self.mostLines).flatMap(\.lines), &page)
    add("\(status.rawValue) too", features.dropFirst(Self.mostLines).map(\.shownName), &page)
  }

  private func add(_ lines: [String], _ page: inout TextPage) {
    guard !lines.isEmpty else { return }
    page.line("")
    for line in lines { page.line("  " + line) }
  }

  /// Both accounting identities of a side that was read now.
  private func add(_ side: ComparedSide, _ page: inout TextPage) {
    guard let accounts = side.accounts else { return }
    page.line("")
    page.line("  \(side.name)")
    for line in accounts.lines { page.line("    \(line)") }
  }

  private func add(_ what: String, _ features: [FeatureScores], _ status: DriftStatus, _ page: inout TextPage)
  {
    let names = features.filter { $0.status == status }.map(\.shownName)
    if !names.isEmpty { page.line("") }
    add(what, names, &page)
  }

  private func add(_ what: String, _ names: [String], _ page: inout TextPage) {
    for line in Self.listed(what, names) { page.line("  \(line)") }
  }

  /// `WHAT (3): a, b, c` over as many lines as it takes; none for no names.
  private static func listed(_ what: String, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    var lines = ["\(what) (\(names.count)):"]
    for (index, name) in names.enumerated() {
      let word = index + 1 < names.count ? "\(name)," : name
      if lines[lines.count - 1].count + word.count + 1 > 108 { lines.append(" ") }
      lines[lines.count - 1] += " " + word
    }
    return lines
  }
}

/// All that was said of one feature, in the whole set and in slices: a reader wants one line of it.
private struct FeatureScores {
  var feature: String
  var scores: [DriftScore]

  /// The scores by feature, in the order in which the features come first.
  static func grouped(_ scores: [DriftScore]) -> [FeatureScores] {
    var places: [String: Int] = [:]
    var groups: [FeatureScores] = []
    for score in scores {
      if let place = places[score.feature] {
        groups[place].scores.append(score)
      } else {
        places[score.feature] = groups.count
        groups.append(FeatureScores(feature: score.feature, scores: [score]))
      }
    }
    return groups
  }

  /// One line for each thing that went wrong, with the features it went wrong for.
  static func failures(_ scores: [DriftScore]) -> [String] {
    var features: [String: [String]] = [:]
    var reasons: [String] = []
    for score in scores where score.status == .failed {
      let reason = score.note ?? "its comparator failed"
      if features[reason] == nil { reasons.append(reason) }
      if features[reason]?.contains(score.feature) != true {
        features[reason, default: []].append(score.feature)
      }
    }
    return reasons.map { reason in
      let names = features[reason] ?? []
      let others = names.count > 3 ? " and \(names.count - 3) more" : ""
      return "failed \(names.prefix(3).map(DisplayText.name).joined(separator: ", "))\(others): \(reason)"
    }
  }

  /// The worst thing said. Slices count where they alarm; where they have too few records, the whole set tells.
  var status: DriftStatus {
    let order: [DriftStatus] = [.failed, .alarm, .warn]
    if let worst = order.first(where: { status in scores.contains { $0.status == status } }) {
      // What failed has lines of its own.
      return worst == .failed && scores.contains { $0.status == .alarm } ? .alarm : worst
    }
    let whole = scores.filter { $0.slice == nil }
    let told = whole.isEmpty ? scores : whole
    return [.insufficient, .pass].first { status in told.contains { $0.status == status } } ?? .notApplicable
  }

  /// Whether there are too few records of it somewhere, if only in a slice.
  var isPartlyUntold: Bool { scores.contains { $0.status == .insufficient } }

  /// Whether it moved somewhere, as was accepted.
  var hasAccepted: Bool { scores.contains(where: \.isAccepted) }

  var shownName: String { DisplayText.name(feature) + (scores.first?.roleText ?? "") }

  /// The score to show: the strongest of the whole set, else of a slice.
  private var strongest: DriftScore {
    let worst = scores.filter { $0.status == status }
    let whole = worst.filter { $0.slice == nil }
    // `status` is that of one of the scores, and a group has at least one.
    return (whole.isEmpty ? worst : whole).max { $0.excess < $1.excess } ?? scores[0]
  }

  /// The order in which a reader should look: what exceeds most first, then by name.
  func isBefore(_ other: FeatureScores) -> Bool {
    let (mine, theirs) = (strongest.excess, other.strongest.excess)
    return mine == theirs ? feature < other.feature : mine > theirs
  }

  /// What was said, and how strata tell it apart.
  var lines: [String] { [line] + strongest.splits.map(\.text) }

  private var line: String {
    let shown = strongest
    let place = shown.slice.map { " in \(DisplayText.name($0))" } ?? ""
    let measured = shown.measures.compactMap(\.text).joined(separator: ", ")
    let chance = shown.chance.map { "  p \(DisplayNumber.text($0.adjusted))" } ?? ""
    let notes = shown.note.map { "  (\($0))" } ?? ""
    return "\(status.rawValue.padded(to: 6)) \((shownName + place).padded(to: 28)) \(shown.movement)  "
      + "[\(measured)]\(chance)  \(shown.countText)\(notes)\(elsewhere(than: shown))"
  }

  /// What else of the feature is as bad, in a few words.
  private func elsewhere(than shown: DriftScore) -> String {
    let others = scores.filter { $0.status == status }
    let aspects = Set(others.filter { $0.slice == shown.slice }.map(\.aspect)).subtracting([shown.aspect])
    let slices = Set(others.compactMap(\.slice)).subtracting(shown.slice.map { [$0] } ?? []).sorted()
    let words =
      ComparedFeature.Aspect.allCases.filter(aspects.contains).map(\.rawValue)
      + (slices.isEmpty
        ? [] : [slices.count == 1 ? "slice \(DisplayText.name(slices[0]))" : "\(slices.count) slices"])
    return words.isEmpty ? "" : "  also: \(words.joined(separator: ", "))"
  }
}

extension DriftSplit {
  /// Both parts with their p-values: `by field.camera: shares mean 3 -> 5 (p 0.001); inside mean 3 -> 3.1 (p 0.4)`.
  fileprivate var text: String {
    func told(_ part: Part) -> String { "\(part.movement) (p \(DisplayNumber.text(part.chance.adjusted)))" }
    let verdict = kind == .untold ? "cannot be told apart" : kind == .both ? "mix and within" : kind.rawValue
    let inside = within.map(told) ?? "no stratum is on both sides"
    return "       by \(DisplayText.name(by)): \(verdict).  shares alone: \(told(mix));  inside: \(inside)"
  }
}

extension DriftScore {
  /// `n 40000, 25000, thinned to 20000`: records on both sides, and how many of them chance was held against.
  var countText: String {
    let thinned = chance?.isThinned == true ? ", thinned to \(CountThinning.limit)" : ""
    return "n \(referenceCount), \(currentCount)\(thinned)"
  }
}

extension DriftMeasure {
  /// `kl` of `org.assay.kl/1`.
  var shortName: String {
    comparator.split(separator: "/").first?.split(separator: ".").last.map(String.init) ?? comparator
  }

  /// `kl 1.75 > 0.3`, with how often chance alone is beyond where it ever is; nil without a statistic.
  var text: String? {
    guard let statistic else { return nil }
    let shown = "\(shortName) \(DisplayNumber.text(statistic))"
    guard let floor else { return shown }
    let sign = statistic == floor ? "=" : statistic > floor ? ">" : "<"
    let byChance = falseAlarmRate.map { $0 > 0 ? " (chance: \(DisplayNumber.percent($0)))" : "" } ?? ""
    return "\(shown) \(sign) \(DisplayNumber.text(floor))\(byChance)"
  }
}
