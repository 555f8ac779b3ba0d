package import AssayCore
package import AssayPlugins

/// The plugins that stand beside every decoder of a run.
package struct CompanionPlan: Sendable {
  /// In the order of the schema.
  package var uses: [PluginUse]
  package var files: [PluginFile]
  /// For loading a file, and for each plugin's `create`.
  package var deadlines: PluginDeadlines

  /// Nil where no plugin is used.
  init?(_ uses: [PluginUse], _ catalog: PluginCatalog?, deadlines: PluginDeadlines = PluginDeadlines()) {
    guard let catalog, !uses.isEmpty else { return nil }
    self.uses = uses
    files = catalog.files(of: uses)
    self.deadlines = deadlines
  }
}
