import AssayPluginKit

@c(assay_plugin_entry)
public func entry(_ count: UnsafeMutablePointer<Int>) -> UnsafeRawPointer? {
  PluginLibrary.export([Hellinger.self, AspectRatio.self, ShortLabel.self], count)
}
