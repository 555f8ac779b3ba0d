import AssayCore

extension ComparisonReport {
  /// The most lines about what is accepted.
  private static let mostAccepted = 8

  /// A line for each score that moved and was accepted, for people.
  var acceptedLines: [String] {
    let lines = accepted.prefix(Self.mostAccepted).map { score in
      let aspect = score.roleText + (score.aspect == .values ? "" : " (\(score.aspect.rawValue))")
      let measured = score.measures.compactMap(\.text).joined(separator: ", ")
      return "accepted \((DisplayText.name(score.name) + aspect).padded(to: 26)) \(score.movement)  "
        + "[\(measured)]  \(score.acceptance?.ending ?? "")"
    }
    let more = accepted.count - lines.count
    return more > 0 ? lines + ["accepted too: \(more) more"] : lines
  }
}

extension DriftAcceptance {
  /// `until 2026-12-31: new lens`.
  fileprivate var ending: String { "until \(accepted.until): \(accepted.because)" }
}
