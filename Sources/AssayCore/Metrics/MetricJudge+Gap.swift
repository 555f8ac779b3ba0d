/// The largest difference between two slices.
///
/// A slice of few records differs from others by chance. The difference is therefore that of slices which are large enough, or
/// of any two that are further apart than the bound wherever they lie within their reach.
extension MetricJudge {
  func gap(_ counts: MetricCounts) -> MetricJudgement {
    var figures = counts.slices.map { slice in
      let figure = MetricFigure(metric: check.metric, slice: slice.name, tally: slice.tally, state: .holds)
      return isLargeEnough(figure, leastRecords(slice)) ? figure : figure.with(.tooFew)
    }
    let admitted = counts.slices.indices.filter {
      figures[$0].reach != nil && figures[$0].tally.counted >= leastRecords(counts.slices[$0])
    }
    let judged = admitted.filter { figures[$0].state == .holds }
    guard let (low, high) = certainPair(figures, admitted) ?? widestPair(figures, judged) else {
      return MetricJudgement(
        figures: figures, isJudged: false, evaluated: judged.count, violated: 0,
        found: "fewer than two slices have enough records" + leftOut(figures, counts))
    }
    let difference = (figures[high].value ?? 0) - (figures[low].value ?? 0)
    // Subtracting two shares is exact to 1e-16: 80 % and 70 % are 10 % apart.
    let isExceeded = difference > most + 1e-12
    for index in isExceeded ? [low, high] : [] { figures[index].state = .violated }
    let found = [high, low].map { "\(figures[$0].slice ?? "") \(figures[$0].text)" }.joined(separator: "; ")
    return MetricJudgement(
      figures: figures, isJudged: true, evaluated: figures.count { $0.state != .tooFew },
      violated: isExceeded ? 1 : 0,
      found: "\(MetricFigure.percent(difference)) between \(found)" + leftOut(figures, counts))
  }

  private var most: Double { check.max?.value ?? 1 }

  private func leastRecords(_ slice: MetricCounts.Slice) -> Int { check.minRecords ?? slice.minRecords }

  /// Whether chance alone is unlikely to make the gap: its reach is no wider than that, unless somebody said how many
  /// records are enough.
  private func isLargeEnough(_ figure: MetricFigure, _ minRecords: Int) -> Bool {
    guard let reach = figure.reach else { return false }
    if minRecords > 0 { return figure.tally.counted >= minRecords }
    return reach.upperBound - reach.lowerBound <= most
  }

  /// The slices with the smallest figure and the largest.
  private func widestPair(_ figures: [MetricFigure], _ judged: [Int]) -> (low: Int, high: Int)? {
    let order = judged.sorted { (figures[$0].value ?? 0, $0) < (figures[$1].value ?? 0, $1) }
    guard let low = order.first, let high = order.last, low != high else { return nil }
    return (low, high)
  }

  /// Two slices that are too far apart even if chance made both ends of it.
  private func certainPair(_ figures: [MetricFigure], _ admitted: [Int]) -> (low: Int, high: Int)? {
    func end(_ index: Int, _ end: KeyPath<ClosedRange<Double>, Double>) -> Double {
      figures[index].reach?[keyPath: end] ?? 0
    }
    guard let low = admitted.min(by: { end($0, \.upperBound) < end($1, \.upperBound) }),
      let high = admitted.max(by: { end($0, \.lowerBound) < end($1, \.lowerBound) }),
      end(high, \.lowerBound) - end(low, \.upperBound) > most
    else { return nil }
    return (low, high)
  }
}
