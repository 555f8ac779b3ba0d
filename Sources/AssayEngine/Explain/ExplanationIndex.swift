import AssayCore
package import AssayPlugins

/// All that `assay explain` can explain, by every name it is met under.
package struct ExplanationIndex: Sendable {
  /// In the order of their kinds.
  package let pages: [Explanation]
  private let places: [String: [Int]]

  /// The build's own pages and those of the plugins that were loaded.
  package init(plugins: [PluginDescription] = []) {
    let all = Explanation.builtin + plugins.map { Explanation($0) }
    pages = Explanation.Kind.allCases.flatMap { kind in all.filter { $0.kind == kind } }
    var full: [String: [Int]] = [:]
    var short: [String: [Int]] = [:]
    for (place, page) in pages.enumerated() {
      full[page.name, default: []].append(place)
      for name in Self.shortNames(page) { short[name, default: []].append(place) }
    }
    places = full.merging(short) { names, _ in names }
  }

  /// The pages of a word, mostly one: `image.format` is a feature and a finding.
  ///
  /// The word may still have behind it what a report puts there: `decode.unsupported (webp)`. What a plugin measures or
  /// finds, `org.assay.border/1:dark`, is explained by the plugin.
  package func pages(of word: String) -> [Explanation] {
    let bare = word.split(separator: " ", maxSplits: 1).first.map(String.init) ?? word
    let plugin = bare.split(separator: ":", maxSplits: 1).first.map(String.init) ?? bare
    return (places[bare] ?? places[plugin] ?? []).map { pages[$0] }
  }

  /// The known word that this was probably meant to be.
  package func suggestion(for word: String) -> String? { nearestWord(to: word, among: places.keys.sorted()) }

  /// Every word with its meaning, by kind.
  package var list: String {
    var page = TextPage()
    let width = (pages.map(\.name.count).max() ?? 0) + 2
    for kind in Explanation.Kind.allCases {
      let words = pages.filter { $0.kind == kind }
      guard !words.isEmpty else { continue }
      if !page.text.isEmpty { page.line("") }
      page.line(kind.rawValue)
      for word in words { page.line("  \(word.name.padded(to: width))\(word.meaning)") }
    }
    return page.text
  }

  /// `brightness` for `image.brightness`; `org.assay.kl`, `drift.kl` and `kl`, as reports write it, for
  /// `org.assay.kl/1`.
  private static func shortNames(_ page: Explanation) -> [String] {
    switch page.kind {
    case .feature, .view: return [String(page.name.dropFirst("image.".count))]
    case .plugin:
      let id = page.name.split(separator: "/").first.map(String.init) ?? page.name
      let name = id.split(separator: ".").last.map(String.init) ?? id
      return [id, name, "drift.\(name)"]
    case .finding, .reading, .reason, .drift, .outcome, .word: return []
    }
  }
}
