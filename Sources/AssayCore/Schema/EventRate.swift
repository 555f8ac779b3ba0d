/// How often something happens, as a schema writes it: `1/year`, `weekly`, `6h`.
package struct EventRate: Sendable, Hashable, Codable {
  /// As written.
  package var text: String
  /// Above zero.
  package var perYear: Double

  private static let secondsPerYear = 365.25 * 86_400

  private static let perYear: [String: Double] = [
    "hour": secondsPerYear / 3600, "day": 365.25, "week": 365.25 / 7, "month": 12, "quarter": 4, "year": 1,
  ]

  private static let cadences: [String: String] = [
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "yearly": "year",
  ]

  private static let seconds: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  /// A count over a unit of time, `2/month`; nil for anything else.
  package init?(rate text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Double(parts[0]), count > 0, count.isFinite,
      let unit = Self.perYear[String(parts[1])]
    else { return nil }
    self.init(text: text, perYear: count * unit)
  }

  /// `daily`, or the time from one to the next: `6h`; nil for anything else.
  package init?(cadence text: String) {
    if let unit = Self.cadences[text], let perYear = Self.perYear[unit] {
      self.init(text: text, perYear: perYear)
      return
    }
    guard let unit = text.last.flatMap({ Self.seconds[$0] }), let count = Double(text.dropLast()), count > 0,
      count.isFinite
    else { return nil }
    self.init(text: text, perYear: Self.secondsPerYear / (count * unit))
  }

  private init(text: String, perYear: Double) {
    self.text = text
    self.perYear = perYear
  }
}
