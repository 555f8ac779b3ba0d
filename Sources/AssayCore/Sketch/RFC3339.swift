/// Instants as RFC 3339 section 5.6 writes them (`2026-11-21T07:28:00.5+01:00`), and nothing laxer: no date
/// alone, no space for the `T`, no missing offset.
package enum RFC3339 {
  /// Seconds since 1970-01-01T00:00:00Z, rounded down; nil if `text` is no such instant. A leap second (`:60`)
  /// counts as the second before it. Years 0000 to 9999 of the Gregorian calendar.
  package static func seconds(_ text: String) -> Int64? {
    var text = text
    let length = text.utf8.count
    guard 20...64 ~= length else { return nil }
    return text.withUTF8 { seconds($0) }
  }

  private static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] | 0x20 == UInt8(ascii: "t"),
      text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"), let century = number(text, at: 0),
      let yearOfCentury = number(text, at: 2), let month = number(text, at: 5), let day = number(text, at: 8),
      let time = secondOfDay(text, at: 11)
    else { return nil }
    let year = 100 * century + yearOfCentury
    guard 1...12 ~= month, day >= 1, day <= dayCount(year: year, month: month),
      let offset = offsetSeconds(text, at: fractionEnd(text))
    else { return nil }
    return Int64(86_400 * CalendarDay.number(year: year, month: month, day: day) + time - offset)
  }

  /// The two digits at `index`.
  private static func number(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    guard index + 2 <= text.count else { return nil }
    let tens = text[index] &- UInt8(ascii: "0")
    let ones = text[index + 1] &- UInt8(ascii: "0")
    return tens < 10 && ones < 10 ? Int(10 * tens + ones) : nil
  }

  /// `HH:MM:SS` at `index`.
  private static func secondOfDay(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    guard let hour = number(text, at: index), let minute = number(text, at: index + 3),
      let second = number(text, at: index + 6), hour < 24, minute < 60, second <= 60
    else { return nil }
    return 3600 * hour + 60 * minute + min(second, 59)
  }

  /// The index after the fraction, or after the seconds where there is none; past the end if it has no digit.
  private static func fractionEnd(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    guard text[19] == UInt8(ascii: ".") else { return 19 }
    var index = 20
    while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index > 20 ? index : text.count
  }

  /// `Z` or `+HH:MM` from `index` to the end, in seconds.
  private static func offsetSeconds(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    if index + 1 == text.count, text[index] | 0x20 == UInt8(ascii: "z") { return 0 }
    guard index + 6 == text.count, text[index + 3] == UInt8(ascii: ":"),
      let hour = number(text, at: index + 1), let minute = number(text, at: index + 4), hour < 24, minute < 60
    else { return nil }
    switch text[index] {
    case UInt8(ascii: "+"): return 3600 * hour + 60 * minute
    case UInt8(ascii: "-"): return -(3600 * hour + 60 * minute)
    default: return nil
    }
  }

  private static func dayCount(year: Int, month: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }
}

/// Days of the proleptic Gregorian calendar, numbered from 1970-01-01 as 0.
package enum CalendarDay {
  /// The number of a date; `month` from 1, `day` from 1.
  ///
  /// *Source*: the era arithmetic of Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  package static func number(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
