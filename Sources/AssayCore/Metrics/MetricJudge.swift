/// Holds metrics against their bounds.
///
/// A bound on a share holds where the Wilson interval says so: the share may be 95 % and `min: 90%` fail, if it is of so few
/// records that chance could have made it of 85 %.
package struct MetricJudge {
  let check: MetricCheck

  package init(_ check: MetricCheck) { self.check = check }

  package func judge(_ counts: MetricCounts) -> MetricJudgement {
    switch check.scope {
    case .whole: whole(counts.whole)
    case .slices: slices(counts)
    case .gap: gap(counts)
    }
  }

  // MARK: The whole set

  private func whole(_ tally: MetricTally) -> MetricJudgement {
    let figure = figure(tally, slice: nil)
    var found = figure.text
    if figure.state == .tooFew {
      found += tally.counted == 0 ? ": nothing to judge yet" : ": too few, \(need)"
    }
    return MetricJudgement(
      figures: [figure], isJudged: figure.state != .tooFew, evaluated: tally.counted,
      violated: figure.state == .violated ? 1 : 0, found: found)
  }

  /// How many records would be enough.
  private var need: String {
    guard check.metric != .calibration else { return "chance alone would make about as much" }
    let needed = [check.min.map(\.value), check.max.map { 1 - $0.value }].compactMap(\.self)
      .compactMap { WilsonInterval.records(toShow: $0) }.max()
    return "at least \(needed ?? 0) are needed to show \(check.boundText)"
  }

  // MARK: Slices

  private func slices(_ counts: MetricCounts) -> MetricJudgement {
    let figures = counts.slices.map { slice in
      figure(slice.tally, slice: slice.name, atLeast: check.minRecords ?? slice.minRecords)
    }
    let bad = figures.filter { $0.state == .violated }.sorted { badness($0) > badness($1) }
    let judged = figures.filter { $0.state != .tooFew }.count
    var found = "\(bad.count) of \(counted(judged, "slice")) violate it"
    if judged == 0 { found = "no slice has enough records" }
    if figures.isEmpty { found = "no record is in a slice" }
    if !bad.isEmpty { found += ": " + list(bad) { "\($0.slice ?? "") \($0.text)" } }
    return MetricJudgement(
      figures: figures, isJudged: judged > 0, evaluated: judged, violated: bad.count,
      found: found + leftOut(figures, counts))
  }

  private func badness(_ figure: MetricFigure) -> Double {
    guard let interval = figure.interval else { return figure.value ?? 0 }
    return max(
      check.min.map { $0.value - interval.low } ?? -1, check.max.map { interval.high - $0.value } ?? -1)
  }

  /// What was not judged, which a reader must not take for good.
  func leftOut(_ figures: [MetricFigure], _ counts: MetricCounts) -> String {
    let small = figures.filter { $0.state == .tooFew }
    var text =
      small.isEmpty ? "" : "; too few to judge: " + list(small) { "\($0.slice ?? "") (\($0.tally.counted))" }
    for name in counts.partial {
      text += "; \(name) has more slices than `max_slices`: the others are not judged"
    }
    return text
  }

  private func list(_ figures: [MetricFigure], _ text: (MetricFigure) -> String) -> String {
    let shown = figures.prefix(3).map(text).joined(separator: "; ")
    return figures.count > 3 ? "\(shown); and \(figures.count - 3) more" : shown
  }

  // MARK: One figure

  private func figure(_ tally: MetricTally, slice: String?, atLeast minRecords: Int = 0) -> MetricFigure {
    let figure = MetricFigure(metric: check.metric, slice: slice, tally: tally, state: .tooFew)
    guard tally.counted > 0, tally.counted >= minRecords else { return figure }
    if check.metric == .calibration { return figure.with(calibrationState(tally)) }
    return figure.with(shareState(WilsonInterval(hits: tally.hits, of: tally.counted), tally.counted))
  }

  private func shareState(_ interval: WilsonInterval, _ count: Int) -> MetricFigure.State {
    // A greatest share of something is a least share of its opposite.
    let sides = [
      check.min.map { (bound: $0.value, low: interval.low, high: interval.high) },
      check.max.map { (bound: 1 - $0.value, low: 1 - interval.high, high: 1 - interval.low) },
    ].compactMap(\.self)
    let missed = sides.filter { $0.low < $0.bound }
    if missed.isEmpty { return .holds }
    let isShown = missed.contains { side in
      side.high < side.bound || count >= WilsonInterval.records(toShow: side.bound) ?? .max
    }
    return isShown ? .violated : .tooFew
  }

  private func calibrationState(_ tally: MetricTally) -> MetricFigure.State {
    guard let bound = check.max?.value else { return .holds }
    let (error, chance) = (tally.calibrationError, tally.chanceCalibrationError)
    // The error of few records is large whatever the model is.
    if chance > bound { return error > bound + 2 * chance ? .violated : .tooFew }
    return error <= bound ? .holds : .violated
  }
}

/// What a bound on a metric came to.
package struct MetricJudgement: Sendable, Hashable {
  package var figures: [MetricFigure]
  /// False where there is too little to judge by.
  package var isJudged: Bool
  /// Records, or slices, that were judged.
  package var evaluated: Int
  package var violated: Int
  package var found: String
}

extension MetricFigure {
  /// The same in another state.
  func with(_ state: State) -> MetricFigure {
    var figure = self
    figure.state = state
    return figure
  }
}
