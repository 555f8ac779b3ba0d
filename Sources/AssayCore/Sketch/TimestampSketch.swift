/// What is kept of instants: days, hours of the day and days of the week, all in UTC, and the extremes.
///
/// Days are counted one by one until there are more than `scale.dayLimit`, then in blocks of 2^level days.
///
/// *Merge law*: as for `LogLinearHistogram`: the level is the smallest at which there are few enough blocks.
package struct TimestampSketch: Sendable {
  /// The number of instants.
  package private(set) var count: Int64 = 0
  /// The first and the last instant, in seconds since 1970-01-01T00:00:00Z.
  package private(set) var minimum = Int64.max
  package private(set) var maximum = Int64.min
  /// By hour of the day, 24 of them.
  package private(set) var hours = [Int64](repeating: 0, count: 24)
  /// By day of the week, Monday first.
  package private(set) var weekdays = [Int64](repeating: 0, count: 7)
  /// Days are counted in blocks of 2^level.
  package private(set) var level = 0
  private var days = CountTable()
  private let scale: SketchScale

  package init(scale: SketchScale) { self.scale = scale }

  /// The seconds that can be counted: years -9999 to 9999 and some; whatever is beyond counts as the bound.
  package static let range: ClosedRange<Int64> = -(1 << 40)...(1 << 40)

  /// Whether its instants are far enough apart to have every hour of a day: a morning has others for what it is.
  package var holdsDay: Bool { count > 0 && maximum - minimum >= 20 * 3600 }

  /// Whether they are of seven days or more, so that a set of one Wednesday is not other for being of a Wednesday.
  package var holdsWeek: Bool { count > 0 && maximum / 86_400 - minimum / 86_400 >= 6 }

  /// Counts an instant in seconds since 1970-01-01T00:00:00Z.
  package mutating func observe(_ seconds: Int64) {
    let seconds = min(max(seconds, Self.range.lowerBound), Self.range.upperBound)
    count &+= 1
    minimum = min(minimum, seconds)
    maximum = max(maximum, seconds)
    let day = Self.day(seconds)
    hours[Int((seconds - day * 86_400) / 3600)] &+= 1
    // 1970-01-01 was a Thursday.
    weekdays[Int(((day + 3) % 7 + 7) % 7)] &+= 1
    days.add(Int32(truncatingIfNeeded: day >> Int64(level)))
    if days.count > scale.dayLimit { raiseLevel(to: level + 1) }
  }

  /// Adds what `other` has observed.
  package mutating func merge(_ other: TimestampSketch) {
    count &+= other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    for hour in hours.indices { hours[hour] &+= other.hours[hour] }
    for day in weekdays.indices { weekdays[day] &+= other.weekdays[day] }
    if other.level > level { raiseLevel(to: other.level) }
    let drop = Int32(level - other.level)
    days.merge(other.days.mapKeys { $0 >> drop })
    if days.count > scale.dayLimit { raiseLevel(to: level + 1) }
  }

  /// The first day of each block that occurs, numbered from 1970-01-01 as 0, and its count; ascending.
  package var dayCounts: [(day: Int, count: Int64)] {
    days.sorted.map { (Int($0.key) << level, $0.count) }
  }

  /// The day that holds an instant.
  package static func day(_ seconds: Int64) -> Int64 {
    seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
  }

  private mutating func raiseLevel(to target: Int) {
    var target = target
    repeat {
      let drop = Int32(target - level)
      days = days.mapKeys { $0 >> drop }
      level = target
      target += 1
    } while days.count > scale.dayLimit
  }
}

extension TimestampSketch: JSONSketch {
  package func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("count", count)
    if count > 0 {
      writer.name("min")
      writer.exactInteger(minimum)
      writer.name("max")
      writer.exactInteger(maximum)
    }
    writer.dense("hours", hours)
    writer.dense("weekdays", weekdays)
    writer.count("level", Int64(level))
    writer.packed("days", days.sorted)
    writer.endObject()
  }

  package init(from reader: inout JSONReader, scale: SketchScale) throws(JSONError) {
    self.init(scale: scale)
    var members = try JSONMembers(&reader)
    count = try members.count("count", &reader)
    if count > 0 {
      try members.require("min", &reader)
      minimum = try reader.exactInteger(in: Self.range)
      try members.require("max", &reader)
      maximum = try reader.exactInteger(in: minimum...Self.range.upperBound)
    }
    hours = try members.dense("hours", &reader, count: 24)
    weekdays = try members.dense("weekdays", &reader, count: 7)
    level = Int(try members.count("level", &reader, upTo: 24))
    let keys = Self.day(Self.range.lowerBound)...Self.day(Self.range.upperBound)
    for entry in try members.packed("days", &reader, keys: keys, limit: scale.dayLimit) {
      days.add(Int32(entry.key), entry.count)
    }
    try members.end(&reader)
  }
}
