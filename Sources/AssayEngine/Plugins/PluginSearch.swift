package import AssayPlugins

/// Where a run looks for its plugins. They are loaded, in a worker, only when a schema uses one.
package struct PluginSearch: Sendable {
  package var registry: PluginRegistry
  package var requiresPins: Bool

  /// The folders that are searched anyway, unless others are named.
  package init(
    registry: PluginRegistry = PluginRegistry(extra: [], executableFolder: ExecutableFolder.path),
    requiresPins: Bool = false
  ) {
    self.registry = registry
    self.requiresPins = requiresPins
  }

  /// A worker with all plugins loaded. Throws `PluginError` when one cannot be trusted or loaded.
  func host(_ isolation: Isolation) throws -> ComparatorHost {
    try ComparatorHost(registry: registry, isolation: isolation, requiresPins: requiresPins)
  }

  /// Loads what is there, once. Throws `PluginError` when a plugin cannot be trusted or loaded.
  func catalog(_ isolation: Isolation) throws -> PluginCatalog {
    try host(isolation).catalog
  }
}
