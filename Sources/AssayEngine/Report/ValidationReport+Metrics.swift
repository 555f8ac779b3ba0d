import AssayCore

extension ValidationReport {
  /// Every metric that a rule bounds, whether it holds or not: numbers people ask for.
  func addMetrics(_ page: inout TextPage) {
    var shown: Set<ShownFigure> = []
    let figures = rules.flatMap(\.figures).filter {
      shown.insert(ShownFigure(metric: $0.metric, slice: $0.slice)).inserted
    }
    guard !figures.isEmpty else { return }
    page.line("")
    page.line("  metrics, with 95 % intervals")
    var metrics: [Metric] = []
    for figure in figures where !metrics.contains(figure.metric) { metrics.append(figure.metric) }
    for metric in metrics { add(figures.filter { $0.metric == metric }, &page) }
  }

  private func add(_ figures: [MetricFigure], _ page: inout TextPage) {
    for figure in figures where figure.slice == nil {
      page.line("  \(figure.line(figure.metric.title, indent: 2))")
    }
    let slices = figures.filter { $0.slice != nil }
    // Those to look at first, the others in their order.
    let ordered = slices.filter { $0.state == .violated } + slices.filter { $0.state != .violated }
    if slices.count == figures.count, let title = figures.first?.metric.title { page.line("    \(title)") }
    for figure in ordered.prefix(12) { page.line("  \(figure.line(figure.slice ?? "", indent: 4))") }
    if slices.count > 12 {
      page.line("      and \(counted(slices.count - 12, "slice")) more; --format json has them all")
    }
  }
}

/// One line of the section: two rules may bound the same number.
private struct ShownFigure: Hashable {
  var metric: Metric
  var slice: String?
}

extension MetricFigure {
  fileprivate func line(_ name: String, indent: Int) -> String {
    let verdict =
      switch state {
      case .holds: ""
      case .violated: "  violated"
      case .tooFew: "  too few to judge"
      }
    return String(repeating: " ", count: indent) + name.padded(to: 24 - indent) + " \(text)\(verdict)"
  }

  /// The figure for machines.
  var jsonValue: JSONValue {
    [
      "metric": .string(metric.name),
      "slice": slice.map { .string($0) } ?? .null,
      "counted": .integer(Int64(tally.counted)),
      "hits": .integer(Int64(tally.hits)),
      "pending": .integer(Int64(tally.pending)),
      "absent": .integer(Int64(tally.absent)),
      "value": value.map { .real($0) } ?? .null,
      "low": interval.map { .real($0.low) } ?? .null,
      "high": interval.map { .real($0.high) } ?? .null,
      "state": .string(state.rawValue),
    ]
  }
}

extension Metric {
  /// Its name, with what it is about where that is a number.
  fileprivate var title: String {
    if case .confident(let above) = self { "\(name) (\(plainNumber(above)))" } else { name }
  }
}
