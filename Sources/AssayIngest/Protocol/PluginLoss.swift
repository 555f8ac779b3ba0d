/// How a decoder lost the plugin worker beside it.
package struct PluginLoss: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable {
    /// It died, left, or broke the protocol.
    case crashed
    /// The coordinator ended it over the record that the decoder asked about.
    case timeout
    /// The coordinator ended it over another record: it had answered in the last moment.
    case replaced
  }

  package var kind: Kind
  /// What happened, for people: `crashed (signal 11, Segmentation fault)`.
  package var reason: String

  package init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}
