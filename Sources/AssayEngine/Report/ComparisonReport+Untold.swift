import AssayCore

extension ComparisonReport {
  /// The most features, and the most slices, that have a line each.
  private static let mostUntold = 8

  /// A line for each of the features, which have too few records in the whole set, with what could have been seen.
  func untoldLines(of features: [String]) -> [String] {
    guard !features.isEmpty else { return [] }
    let lines = features.prefix(Self.mostUntold).compactMap { feature in
      scores.filter { $0.feature == feature && $0.status == .insufficient }
        .max { $0.blindness < $1.blindness }
    }.map { score in
      "  \((DisplayText.name(score.feature) + score.roleText).padded(to: 28)) \(score.untoldText)"
    }
    let more = features.count - lines.count
    return ["a drift that matters could have gone unseen (\(features.count)):"] + lines
      + (more > 0 ? ["  and \(counted(more, "feature")) more"] : [])
  }

  /// A line for each slice in which a drift that matters could have gone unseen, for people.
  var smallSliceLines: [String] {
    let untold = scores.filter { $0.status == .insufficient }
    let slices = Set(untold.compactMap(\.slice)).sorted()
    let lines = slices.prefix(Self.mostUntold).map { slice in
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

extension DriftScore {
  /// How far what could have been seen is from what matters, of the measure that sees worst; 0 where none says.
  fileprivate var blindness: Double { measures.map(\.blindness).max() ?? 0 }

  /// `could have seen ks 0.41, floor 0.2  n 9000, 12`.
  fileprivate var untoldText: String {
    let reach = measures.filter(\.isBlind).max { $0.blindness < $1.blindness }?.reachText
    let notes = note.map { "  (\($0))" } ?? ""
    let few = "too few records to tell"
    return "\(reach ?? few)  \(countText)\(notes)"
  }
}

extension DriftMeasure {
  fileprivate var blindness: Double {
    guard isBlind, let detectable, let floor else { return 0 }
    return abs(detectable - floor) / max(abs(floor), 1e-3)
  }

  /// The smallest effect that these records could have shown: `could have seen ks 0.13, floor 0.1`.
  fileprivate var reachText: String? {
    guard let detectable, let floor else { return nil }
    return
      "could have seen \(shortName) \(DisplayNumber.text(detectable)), floor \(DisplayNumber.text(floor))"
  }
}
