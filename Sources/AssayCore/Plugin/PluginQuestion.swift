/// What one plugin is shown of one record: nothing private, and pixels by their place in a shared slot.
package struct PluginQuestion: Sendable, Hashable {
  /// The kind of the frame that carries it from a decoder to the plugin worker beside it.
  package static let frameKind: UInt8 = 4

  /// Which plugin, by its place among the schema's.
  package var plugin: Int
  /// The default image first.
  package var images: [ShownImage]
  /// Empty unless the plugin needs fields. Private ones are never in it.
  package var fields: [NamedValue]
  /// The default image's, under their bare names; empty unless the plugin needs them.
  package var features: [NamedValue]

  package init(plugin: Int, images: [ShownImage], fields: [NamedValue] = [], features: [NamedValue] = []) {
    self.plugin = plugin
    self.images = images
    self.fields = fields
    self.features = features
  }
}

/// One image as a plugin sees it. Shape: height x width x channels, row-major, upright, without padding.
package struct ShownImage: Sendable, Hashable {
  package var name: String
  package var width: Int
  package var height: Int
  package var channels: Int
  /// 1 or 2, in the machine's byte order.
  package var sampleBytes: Int
  /// Where its pixels begin in the slot; nil where no pixels are shown.
  package var offset: Int?

  package init(
    name: String, width: Int, height: Int, channels: Int, sampleBytes: Int, offset: Int? = nil
  ) {
    self.name = name
    self.width = width
    self.height = height
    self.channels = channels
    self.sampleBytes = sampleBytes
    self.offset = offset
  }

  /// From one row to the next.
  package var rowBytes: Int { width * channels * sampleBytes }
}
