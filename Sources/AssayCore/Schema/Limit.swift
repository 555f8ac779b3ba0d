/// How many records may do something: a share of them, or a number of them.
package enum Limit: Sendable, Hashable, Codable {
  case share(Proportion)
  case records(Int)

  /// No record at all.
  package static let none = Limit.records(0)

  /// Reads `0.1%`, `0.001`, `5 records`, `1 record` or a whole number of records such as `0`; nil for
  /// anything else. A bare `1` is one record, never 100 %.
  package init?(_ text: String) {
    for suffix in [" records", " record"] where text.hasSuffix(suffix) {
      guard let count = Limit.count(text.dropLast(suffix.count)) else { return nil }
      self = .records(count)
      return
    }
    if let count = Limit.count(Substring(text)) {
      self = .records(count)
    } else if let share = Proportion(text) {
      self = .share(share)
    } else {
      return nil
    }
  }

  private static func count(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Int(text)
  }

  /// Whether `part` records of `whole` are more than this.
  package func isExceeded(by part: Int, of whole: Int) -> Bool {
    switch self {
    case .share(let share): share.isExceeded(by: part, of: whole)
    case .records(let count): part > count
    }
  }

  /// Whether `part` records of `whole` are fewer than this.
  package func isMissed(by part: Int, of whole: Int) -> Bool {
    switch self {
    case .share(let share): share.isMissed(by: part, of: whole)
    case .records(let count): part < count
    }
  }
}

extension Limit: CustomStringConvertible {
  package var description: String {
    switch self {
    case .share(let share): share.description
    case .records(let count): counted(count, "record")
    }
  }
}

/// The fewest and the most records that may do something.
package struct LimitBounds: Sendable, Hashable, Codable {
  package var min: Limit?
  package var max: Limit?

  package init(min: Limit? = nil, max: Limit? = nil) {
    self.min = min
    self.max = max
  }

  /// Whether `part` records of `whole` lie within both, ends included.
  package func admit(_ part: Int, of whole: Int) -> Bool {
    min.map { !$0.isMissed(by: part, of: whole) } ?? true
      && max.map { !$0.isExceeded(by: part, of: whole) } ?? true
  }
}

extension LimitBounds: CustomStringConvertible {
  package var description: String {
    switch (min, max) {
    case (let low?, let high?): low == high ? "\(low)" : "\(low) to \(high)"
    case (let low?, nil): "at least \(low)"
    case (nil, let high?): "at most \(high)"
    case (nil, nil): "anything"
    }
  }
}
