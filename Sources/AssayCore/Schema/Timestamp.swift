/// A moment as RFC 3339 writes it (section 5.6), to the second.
package struct Timestamp: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z; a fraction is cut off, a leap second counts as the next second.
  package let seconds: Int64

  /// That second.
  package init(seconds: Int64) { self.seconds = seconds }

  /// Reads `2026-03-01T12:00:00Z`, with a fraction and any offset; nil for every other shape. A space may
  /// stand for the `T`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40 else { return nil }
    func number(_ start: Int, _ count: Int) -> Int64? {
      guard start + count <= bytes.count else { return nil }
      var result: Int64 = 0
      for byte in bytes[start..<start + count] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        result = result * 10 + Int64(byte - 0x30)
      }
      return result
    }
    func isByte(_ index: Int, _ choices: String) -> Bool { choices.utf8.contains(bytes[index]) }
    guard let year = number(0, 4), isByte(4, "-"), let month = number(5, 2), isByte(7, "-"),
      let day = number(8, 2), isByte(10, "Tt "), let hour = number(11, 2), isByte(13, ":"),
      let minute = number(14, 2), isByte(16, ":"), let second = number(17, 2)
    else { return nil }
    guard (1...12).contains(month), day >= 1, day <= Timestamp.days(in: month, of: year),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    if isByte(index, ".") {
      index += 1
      let start = index
      while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
      guard index > start else { return nil }
    }
    guard index < bytes.count else { return nil }
    var offset: Int64 = 0
    if isByte(index, "Zz") {
      guard index + 1 == bytes.count else { return nil }
    } else {
      guard index + 6 == bytes.count, isByte(index, "+-"), isByte(index + 3, ":"),
        let hours = number(index + 1, 2), let minutes = number(index + 4, 2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * 60 * (isByte(index, "-") ? -1 : 1)
    }
    let days = Timestamp.daysFromEpoch(year, month, day)
    seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the
  /// leap day is the last of its year.
  private static func daysFromEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
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
