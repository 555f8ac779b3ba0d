import AssayCore

extension InferenceWriter {
  /// The default image: formats, size, depth, colour, metadata and the plainest statistics.
  mutating func writeImages(_ facts: some InferenceFacts) {
    func column(_ feature: BuiltinFeature) -> ColumnFacts? {
      facts.column(.image("image", feature)).flatMap { $0.present > 0 ? $0 : nil }
    }
    line("images:")
    line("  image:")
    let start = lines.count
    if let formats = column(.format) { writeWords("formats", formats) }
    writeSize(column(.width), column(.height), column(.resolution))
    if let depth = column(.bitDepth) { writeWords("bit_depth", depth) }
    if let gray = column(.grayExact) { writeColor(gray) }
    if let gps = column(.gps) { writePositions(gps) }
    for feature in [BuiltinFeature.brightness, .contrast] {
      guard let statistics = column(feature) else { continue }
      writeRange("    \(feature.definition.name)", statistics, within: 0...1, review: nil)
    }
    if lines.count == start { line("    required: true", review: "nothing was decoded") }
  }

  private mutating func writeWords(_ key: String, _ column: ColumnFacts) {
    guard let categories = column.categories else { return }
    let words = categories.keys.sorted()
    let allow = InferenceMargin.share(seen: 0, of: column.present)
    line("    \(key): {values: \(InferenceWriter.list(words)), allow: \(allow)}", seen: counts(categories))
  }

  private mutating func writeSize(_ width: ColumnFacts?, _ height: ColumnFacts?, _ resolution: ColumnFacts?) {
    guard let width, let height else { return }
    if let sizes = resolution?.categories, let count = resolution?.present, isClosed(sizes, of: count),
      sizes.count > 1,
      sizes.count <= 12
    {
      let allow = InferenceMargin.share(seen: singletons(sizes), of: count)
      line(
        "    resolution: {values: \(InferenceWriter.list(sizes.keys.sorted())), allow: \(allow)}",
        review: "\(sizes.count) sizes were seen; write bounds on width and height if others are welcome")
      return
    }
    for (name, column) in [("width", width), ("height", height)] {
      guard let low = column.min, let high = column.max else { continue }
      let allow = InferenceMargin.share(seen: 0, of: column.present)
      if low == high {
        line(
          "    \(name): {value: \(plainNumber(low)), allow: \(allow)}",
          seen: "the same in all \(column.present)")
      } else {
        let lower = Swift.max(1, (low * 0.8).rounded(.down))
        let upper = (high * 1.25).rounded(.up)
        line(
          "    \(name): {min: \(plainNumber(lower)), max: \(plainNumber(upper)), allow: \(allow)}",
          review: "\(plainNumber(low)) to \(plainNumber(high)) was seen")
      }
    }
  }

  private mutating func writeColor(_ gray: ColumnFacts) {
    let grayCount = gray.categories?["true"] ?? 0
    let allow = InferenceMargin.share(seen: 0, of: gray.present)
    if grayCount == gray.present {
      line("    color: {value: grayscale, allow: \(allow)}", seen: "R = G = B in all \(gray.present)")
    } else if grayCount == 0 {
      line("    color: {value: color, allow: \(allow)}", seen: "none of \(gray.present) is gray")
    } else {
      review("\(grayCount) of \(gray.present) images are gray: is that meant?", indent: 4)
    }
  }

  private mutating func writePositions(_ gps: ColumnFacts) {
    let count = gps.categories?["true"] ?? 0
    if count == 0 {
      let allow = InferenceMargin.share(seen: 0, of: gps.present)
      line(
        "    metadata: {gps: {value: forbidden, allow: \(allow)}}",
        review: "no image has a GPS position; forbid them without `allow` if none may")
    } else {
      review("\(count) of \(gps.present) images have a GPS position, which may name a home", indent: 4)
    }
  }

  /// `KEY: {min: ..., max: ..., allow: ...}` around what was seen.
  mutating func writeRange(
    _ key: String, _ column: ColumnFacts, within limits: ClosedRange<Double>, review reason: String?
  ) {
    guard let low = column.min, let high = column.max else { return }
    let bounds = InferenceMargin.bounds(low, high, median: column.median, within: limits)
    let allow = InferenceMargin.share(seen: 0, of: column.present)
    let text = "\(key): {min: \(rounded(bounds.low)), max: \(rounded(bounds.high)), allow: \(allow)}"
    let seen = "\(rounded(low)) to \(rounded(high)) was seen"
    if let reason { line(text, review: "\(reason); \(seen)") } else { line(text, seen: seen) }
  }

  /// Without the digits that are only binary fractions.
  func rounded(_ number: Double) -> String {
    guard number != number.rounded(), abs(number) < 1e9 else { return plainNumber(number) }
    return plainNumber((number * 1e9).rounded() / 1e9)
  }

  // MARK: Categories

  /// Whether the values seen are likely to be all there are: few, and hardly any seen only once. By Good and
  /// Turing the chance that the next value is new is about the share of those seen once.
  func isClosed(_ categories: [String: Int], of count: Int) -> Bool {
    !categories.isEmpty && categories.count <= 100 && categories.count * 10 <= count
      && singletons(categories) * 200 <= count
  }

  func singletons(_ categories: [String: Int]) -> Int { categories.values.count { $0 == 1 } }

  /// The values with their counts, the most frequent first.
  func counts(_ categories: [String: Int]) -> String {
    let sorted = categories.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(6).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return sorted.count > 6 ? "\(shown), \(sorted.count - 6) more" : shown
  }
}
