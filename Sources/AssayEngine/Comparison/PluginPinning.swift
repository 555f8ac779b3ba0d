package import AssayPlugins

/// Makes the index of a registry folder from what is in it.
package enum PluginPinning {
  /// Loads every plugin of the folder, and of no other, in a worker and writes down what it found.
  package static func index(of folder: String) throws -> PluginIndex {
    let host = try ComparatorHost(registry: PluginRegistry(only: folder), isolation: .process)
    guard !host.plugins.isEmpty else { throw PluginError("\(folder): holds no plugins (libAssayPlugin*.so)") }
    let byFile = Dictionary(grouping: host.plugins, by: \.file)
    let entries = byFile.keys.sorted().compactMap { file -> PluginIndex.Entry? in
      guard let plugins = byFile[file], let first = plugins.first else { return nil }
      return PluginIndex.Entry(file: file, sha256: first.sha256, ids: plugins.map(\.id))
    }
    return PluginIndex(entries: entries)
  }
}
