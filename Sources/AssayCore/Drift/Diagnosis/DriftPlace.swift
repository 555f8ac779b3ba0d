/// Where in the set a drift is: the narrowest part that is known to have moved.
package struct DriftPlace: Sendable, Hashable {
  /// `slice camera_id=3`, `inside of field.camera_id 3`.
  package var text: String

  /// Slices in which features moved, if there are others, large enough to tell, in which none did; else strata inside of
  /// which they changed. Nil where it is everywhere, or nothing tells.
  package init?(_ scores: [DriftScore]) {
    if let slices = Self.slices(scores) {
      text = slices
    } else if let strata = Self.strata(scores) {
      text = strata
    } else {
      return nil
    }
  }

  private static func slices(_ scores: [DriftScore]) -> String? {
    let moved = Set(scores.filter(isMoved).compactMap(\.slice))
    let still = Set(scores.filter { $0.status == .pass }.compactMap(\.slice)).subtracting(moved)
    guard !moved.isEmpty, !still.isEmpty else { return nil }
    return "in \(list(moved.sorted(), "slice")), not in \(list(still.sorted(), "slice"))"
  }

  private static func strata(_ scores: [DriftScore]) -> String? {
    let splits = scores.flatMap(\.splits).filter { $0.kind == .within || $0.kind == .both }
    guard let by = splits.first?.by else { return nil }
    let strata = Set(splits.filter { $0.by == by }.flatMap(\.changedStrata))
    return strata.isEmpty ? nil : "inside of \(by) \(list(strata.sorted(), nil))"
  }

  private static func isMoved(_ score: DriftScore) -> Bool { [.alarm, .warn].contains(score.status) }

  /// Up to three names, then how many more.
  private static func list(_ names: [String], _ noun: String?) -> String {
    let shown = names.prefix(3).map(DisplayText.name).joined(separator: ", ")
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    return "\(noun.map { "\($0)\(names.count == 1 ? "" : "s") " } ?? "")\(shown)\(more)"
  }
}
