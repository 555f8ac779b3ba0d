/// A moment as RFC 3339 writes it (section 5.6), to the second.
package struct Timestamp: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z; a fraction is cut off, a leap second counts as the one before.
  package let seconds: Int64

  /// That second.
  package init(seconds: Int64) { self.seconds = seconds }

  /// Reads `2026-03-01T12:00:00Z`, with a fraction and any offset; nil for every other shape.
  package init?(_ text: String) {
    guard let seconds = RFC3339.seconds(text) else { return nil }
    self.seconds = seconds
  }

  /// Whether the text is a day: `2026-12-31`.
  package static func isDay(_ text: String) -> Bool { Timestamp(text + "T00:00:00Z") != nil }
}

extension Timestamp: CustomStringConvertible {
  /// `YYYY-MM-DDThh:mm:ssZ`: in UTC, so that the order of the texts is the order of the moments.
  package var description: String {
    let days = seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
    let clock = seconds - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(clock / 3_600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))Z"
  }
}
