import AssayCore

extension ComparisonReport {
  /// The most slices that have a line each.
  private static let mostSlices = 8

  /// A line for each slice in which a drift that matters could have gone unseen, for people.
  var smallSliceLines: [String] {
    let untold = scores.filter { $0.status == .insufficient }
    let slices = Set(untold.compactMap(\.slice)).sorted()
    let lines = slices.prefix(Self.mostSlices).map { slice in
      line(of: slice, untold.filter { $0.slice == slice })
    }
    let more = slices.count - lines.count
    return more > 0 ? lines + ["too few records in \(counted(more, "slice")) more"] : lines
  }

  /// `too few records in slice night (n 900, 12): 3 of 40 features: a, b, c`.
  private func line(of slice: String, _ untold: [DriftScore]) -> String {
    let names = Set(untold.map(\.feature)).sorted()
    let all = Set(scores.filter { $0.slice == slice }.map(\.feature)).count
    let counts = (untold.map(\.referenceCount).max() ?? 0, untold.map(\.currentCount).max() ?? 0)
    let shown = names.prefix(3).map(DisplayText.name).joined(separator: ", ")
    let others = names.count > 3 ? " and \(names.count - 3) more" : ""
    return "too few records in slice \(DisplayText.name(slice)) (n \(counts.0), \(counts.1)) for "
      + "\(names.count) of \(counted(all, "feature")): \(shown)\(others)"
  }
}
