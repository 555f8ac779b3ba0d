import ArgumentParser
import AssayEngine
import AssayPlugins

/// `assay explain`: what a word of a report means, when it is said, and what to do about it.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a code, an outcome, a comparator or a feature; without one, lists them all.")

  @Argument(help: "A word from a report: field.range, decode.truncated, org.assay.kl/1, brightness ...")
  var code: String?

  @OptionGroup var plugins: PluginArguments

  mutating func run() throws {
    guard let code else { return try StandardOutput.write(try index().list) }
    // Plugins are loaded only for what the build itself cannot explain.
    var pages = ExplanationIndex().pages(of: code)
    if pages.isEmpty {
      let index = try index()
      pages = index.pages(of: code)
      if pages.isEmpty { throw ConfigurationError(Self.unknown(code, index)) }
    }
    try StandardOutput.write(pages.map(\.text).joined(separator: "\n"))
  }

  private func index() throws -> ExplanationIndex {
    let host = try ComparatorHost(
      registry: plugins.registry, isolation: .process, requiresPins: plugins.requirePinned)
    return ExplanationIndex(plugins: host.plugins)
  }

  private static func unknown(_ code: String, _ index: ExplanationIndex) -> String {
    let hint = index.suggestion(for: code).map { "did you mean \"\($0)\"?" }
    return "nothing is called \"\(code)\"; \(hint ?? "`assay explain` lists what is")"
  }
}
