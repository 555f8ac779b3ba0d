package import AssayCore

/// How often comparisons may warn without drift, and what follows for one of them.
package struct FalseAlarmRate: Sendable, Hashable {
  /// The chance of any warning of one comparison without drift. Range: (0, 1).
  package var familyAlpha: Double
  /// How that number came about, for the reader.
  package var derivation: String

  /// Comparisons that have equal parts of a common rate.
  package var shareCount = 1

  /// One comparison in twenty.
  package static let standard = FalseAlarmRate(
    familyAlpha: 0.05,
    derivation: "at most 5 % of comparisons without drift warn (standard; see `false_alarms`)")

  package init(familyAlpha: Double, derivation: String) {
    self.familyAlpha = familyAlpha
    self.derivation = derivation
  }

  /// What the schema states: `family_alpha`, or `false_alarms` over `cadence`.
  package init(_ declaration: DriftDeclaration) {
    if let alpha = declaration.familyAlpha {
      self.init(
        familyAlpha: alpha,
        derivation: "at most \(DisplayNumber.percent(alpha)) of comparisons without drift warn (family_alpha)"
      )
      return
    }
    guard let alarms = declaration.falseAlarms, let cadence = declaration.cadence else {
      self = .standard
      return
    }
    let alpha = min(0.5, alarms.perYear / cadence.perYear)
    self.init(
      familyAlpha: alpha,
      derivation:
        "\(alarms.text) at a cadence of \(cadence.text) (\(DisplayNumber.text(cadence.perYear)) comparisons a year): "
        + "at most \(DisplayNumber.percent(alpha)) of comparisons without drift warn")
  }

  /// The part of one of several comparisons that together have this rate.
  func shared(by count: Int) -> FalseAlarmRate {
    guard count > 1 else { return self }
    var shared = FalseAlarmRate(
      familyAlpha: familyAlpha / Double(count),
      derivation: "\(derivation), over all \(counted(count, "reference"))")
    shared.shareCount = count
    return shared
  }
}
