/// Where in the set a drift is: the narrowest part that is known to have moved.
package struct DriftPlace: Sendable, Hashable {
  /// `slice camera_id=3`, `inside of field.camera_id 3`.
  package var text: String

  /// The slice in which most features moved most, else that of the strongest feature, if there are others, large enough
  /// to tell, in which that feature did not move; else strata inside of which features changed. Nil where it is everywhere,
  /// or nothing tells.
  package init?(_ scores: [DriftScore]) {
    if let slices = Self.slices(scores) {
      text = slices
    } else if let strata = Self.strata(scores) {
      text = strata
    } else {
      return nil
    }
  }

  /// A feature's part in telling the slice.
  private struct Witness {
    /// Its scores of slices in which it moved, the strongest first.
    let moved: [DriftScore]
    /// Slices in which it did not.
    let still: [String]

    init?(_ scores: [DriftScore]) {
      moved = scores.filter { $0.slice != nil && DriftPlace.isMoved($0) }.sorted {
        ($0.excess, $1.slice ?? "") > ($1.excess, $0.slice ?? "")
      }
      let bad = Set(moved.compactMap(\.slice))
      still = Set(scores.filter { $0.status == .pass }.compactMap(\.slice)).subtracting(bad).sorted()
      if moved.isEmpty || still.isEmpty { return nil }
    }

    /// Where it moved most, and another slice in which it moved nearly as much.
    var slices: [String] {
      let nearly = moved.first.map { $0.excess * DriftPlace.nearly } ?? 0
      var slices: [String] = []
      for score in moved where score.excess >= nearly {
        if let slice = score.slice, !slices.contains(slice) { slices.append(slice) }
      }
      return Array(slices.prefix(2))
    }
  }

  /// The part of the largest effect that a second slice has to have to be told too.
  private static let nearly = 0.75

  private static func slices(_ scores: [DriftScore]) -> String? {
    let witnesses = Dictionary(grouping: scores, by: \.feature).values.compactMap(Witness.init)
    let votes = Dictionary(grouping: witnesses) { $0.moved[0].slice ?? "" }.values
    let winners = votes.max { rank($0) < rank($1) }
    guard let told = winners?.max(by: { rank([$0]) < rank([$1]) }) else { return nil }
    return "in \(list(told.slices, "slice")), not in \(list(told.still, "slice"))"
  }

  /// How many agree, how strong the strongest is, and its name, so that a report is the same everywhere.
  private static func rank(_ witnesses: [Witness]) -> (Int, Double, String) {
    let strongest = witnesses.map { ($0.moved[0].excess, $0.moved[0].question) }.max { $0 < $1 } ?? (0, "")
    return (witnesses.count, strongest.0, strongest.1)
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
