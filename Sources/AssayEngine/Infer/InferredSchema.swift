import AssayCore

/// A schema that a set suggests: a start to read, correct and keep.
package struct InferredSchema: Sendable {
  /// YAML with comments that say what each line was inferred from.
  package let text: String
  /// The lines a person should look at, counted from 1, with the reason.
  package let review: [(line: Int, reason: String)]

  /// Infers the schema of the set the facts are of.
  ///
  /// A schema of one half of a set is meant to pass the other half, and to fail for another resolution, colour
  /// for gray, a new category, a missing column, five percent of corrupt images, clear text in a hashed
  /// column, or text in a column of integers. What is not promised: anything about sets below 100 records.
  package init(from facts: some InferenceFacts, dataset: String? = nil) {
    var writer = InferenceWriter()
    writer.line("assay: 1")
    if let dataset { writer.line("dataset: \(YAMLTree.quoted(dataset))") }
    if facts.recordCount < 100 {
      writer.review(
        "only \(counted(facts.recordCount, "record")): bounds are guesses, and what is rare is allowed")
    }
    if facts.hasImages { writer.writeImages(facts) }
    writer.writeFields(facts)
    writer.writeRecords(facts)
    text = writer.lines.joined(separator: "\n") + "\n"
    review = writer.reviews
  }
}

/// Collects the lines of a schema.
struct InferenceWriter {
  private(set) var lines: [String] = []
  private(set) var reviews: [(line: Int, reason: String)] = []

  /// One line, with a comment on what it was inferred from.
  mutating func line(_ text: String, seen: String? = nil) {
    lines.append(seen.map { "\(text)  # \(InferenceWriter.oneLine($0))" } ?? text)
  }

  /// One line that a person should look at.
  mutating func line(_ text: String, review reason: String) {
    let reason = InferenceWriter.oneLine(reason)
    lines.append("\(text)  # review: \(reason)")
    reviews.append((lines.count, reason))
  }

  /// A line that is a remark only.
  mutating func review(_ reason: String, indent: Int = 0) {
    let reason = InferenceWriter.oneLine(reason)
    lines.append("\(String(repeating: " ", count: indent))# review: \(reason)")
    reviews.append((lines.count, reason))
  }

  /// A comment ends at the end of its line, whatever a field is called.
  private static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    result.append(
      contentsOf: text.unicodeScalars.map {
        $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x85 || $0.value == 0x2028 || $0.value == 0x2029
          ? " " : $0
      })
    return String(result)
  }

  /// A list of words in flow style.
  static func list(_ words: [String]) -> String { "[\(words.map(YAMLTree.quoted).joined(separator: ", "))]" }
}
