/// The page of one word that reports, rows and schemas use.
package struct Explanation: Sendable, Hashable {
  /// The families of words, in the order they are listed.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case finding = "what rules find"
    case reading = "what reading the sources finds"
    case reason = "why an image's outcome is what it is"
    case outcome = "outcomes of an image"
    case drift = "likely causes of a drift"
    case plugin = "plugins"
    case feature = "built-in features"
    case view = "what comparisons see of images beside features"
    case word = "words of reports"
  }

  /// One labelled paragraph.
  package struct Section: Sendable, Hashable {
    package var label: String
    package var text: String
  }

  /// The word as it is written: `field.range`, `org.assay.kl/1`, `image.brightness`.
  package var name: String
  package var kind: Kind
  /// One sentence.
  package var meaning: String
  /// Sections without a text are left out.
  package var sections: [Section]

  init(_ name: String, _ kind: Kind, _ meaning: String, _ sections: [(label: String, text: String)]) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
    self.sections = sections.filter { !$0.text.isEmpty }.map { Section(label: $0.label, text: $0.text) }
  }

  /// The page for people.
  package var text: String {
    let width = (sections.map(\.label.count).max() ?? 0) + 2
    var page = TextPage()
    page.line(name)
    page.line("  \(meaning)")
    for section in sections { page.line("  \(section.label.padded(to: width))\(section.text)") }
    return page.text
  }
}
