import AssayCore
import AssayPlugins

/// The plugins that a run can use, by id: what each says of itself, and the very bytes it came from.
package struct PluginCatalog: Sendable {
  private let plugins: [String: PluginDescription]
  private let files: [String: PluginFile]

  init(_ plugins: [PluginDescription], files: [String: PluginFile]) {
    self.plugins = Dictionary(plugins.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.files = files
  }

  /// The plugin of exactly that id.
  subscript(id id: String) -> PluginDescription? { plugins[id] }

  /// The ids of plugins that are shown records, ascending.
  var recordPluginIds: [String] { plugins.values.filter { $0.recordPlugin != nil }.map(\.id).sorted() }

  /// The files that these plugins are in, each once and in the order of first use.
  func files(of uses: [PluginUse]) -> [PluginFile] {
    var seen: Set<String> = []
    return uses.compactMap { files[$0.plugin] }.filter { seen.insert($0.path).inserted }
  }
}
