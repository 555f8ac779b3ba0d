import ArgumentParser
import AssayEngine
import AssayPlugins

/// Where plugins are looked for, and which are trusted.
struct PluginArguments: ParsableArguments {
  @Option(help: "A folder of plugins, searched before all others (repeatable).")
  var pluginPath: [String] = []

  @Flag(help: "Refuse plugins that no index pins to a digest.")
  var requirePinned = false

  /// Where a run looks for plugins.
  var search: PluginSearch { PluginSearch(registry: registry, requiresPins: requirePinned) }

  var registry: PluginRegistry {
    PluginRegistry(extra: pluginPath, executableFolder: ExecutableFolder.path)
  }
}
