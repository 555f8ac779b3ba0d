/// When a series of comparisons alarms: at `count` of any `window` in a row, as a schema writes it: `2 of 3`.
package struct AlarmRule: Sendable, Hashable, Codable {
  /// As written.
  package var text: String
  package var count: Int
  package var window: Int

  /// Every alarm counts.
  package static let any = AlarmRule(text: "1 of 1", count: 1, window: 1)

  /// The longest window.
  package static let longest = 1000

  private init(text: String, count: Int, window: Int) {
    self.text = text
    self.count = count
    self.window = window
  }

  /// Nil for anything but two numbers with `of` between them, the first from 1 to the second.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 3, words[1] == "of", let count = Int(words[0]), let window = Int(words[2]),
      (1...Self.longest).contains(window), (1...window).contains(count)
    else { return nil }
    self.init(text: words.joined(separator: " "), count: count, window: window)
  }

  /// The index at which it alarms first; nil if it never does. `alarms` says it of each of a series, in order of time.
  package func firstAlarm(_ alarms: [Bool]) -> Int? {
    alarms.indices.first { last in
      alarms[max(0, last - window + 1)...last].count { $0 } >= count
    }
  }
}
