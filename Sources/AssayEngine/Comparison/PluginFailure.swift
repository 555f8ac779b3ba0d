/// A plugin that did not do what it was asked, by name. Never an error: the run goes on without its answer.
package struct PluginFailure: Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable {
    case crashed, timeout
    /// It answered, and the answer was an error or broke the contract.
    case failed
  }

  package var kind: Kind
  /// The plugin's id.
  package var plugin: String
  /// What happened, without the id: `crashed (signal 11, Segmentation fault)`.
  package var reason: String

  package init(kind: Kind, plugin: String, reason: String) {
    self.kind = kind
    self.plugin = plugin
    self.reason = reason
  }

  package var description: String { "\(plugin): \(reason)" }
}

/// How long a plugin may take, in milliseconds by the coordinator's clock.
package struct PluginDeadlines: Sendable, Hashable {
  /// To load one file, its constructors included.
  package var load = 30_000
  /// To answer one call.
  package var call = 60_000

  package init(load: Int = 30_000, call: Int = 60_000) {
    self.load = load
    self.call = call
  }
}
