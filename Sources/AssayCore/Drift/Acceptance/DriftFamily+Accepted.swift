extension DriftFamily {
  /// Judges all scores as `judge` does; what is accepted, and within its effect, passes with a note.
  ///
  /// Drifts that are known are no part of the family that the others are judged in: beside them each of the others would
  /// be taken for significant at a higher level, and the rate of false alarms would not be the one that is stated. Which
  /// these are says the schema, before any data is seen.
  package func judge(_ scores: inout [DriftScore], accepted: [AcceptedDrift], today: String?) {
    judge(&scores)
    let others = scores.indices.filter { index in
      !accepted.contains { $0.holds(on: today) && $0.isOf(scores[index]) }
    }
    if others.count < scores.count {
      var apart = others.map { scores[$0] }
      judge(&apart)
      for (index, score) in zip(others, apart) { scores[index] = score }
    }
    for index in scores.indices { scores[index].accept(accepted, today: today) }
  }
}

extension DriftScore {
  /// Passes if one of them accepts it; the first says why not otherwise.
  fileprivate mutating func accept(_ all: [AcceptedDrift], today: String?) {
    guard status == .alarm || status == .warn else { return }
    let known = all.filter { $0.isOf(self) }.map { $0.acceptance(of: self, today: today) }
    guard let acceptance = known.first(where: { $0.state == .accepted }) ?? known.first else { return }
    self.acceptance = acceptance
    if isAccepted { status = .pass }
    add(note: acceptance.text)
  }

  /// Whether it moved, and passes because somebody accepted that.
  package var isAccepted: Bool { acceptance?.state == .accepted }
}
