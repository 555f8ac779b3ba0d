import AssayPluginKit

/// The one symbol of the library: its three plugins.
@c(assay_plugin_entry)
public func entry(_ count: UnsafeMutablePointer<Int>) -> UnsafeRawPointer? {
  PluginLibrary.export([Hellinger.self, AspectRatio.self, ShortLabel.self], count)
}
