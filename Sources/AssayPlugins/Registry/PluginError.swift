/// A plugin that cannot be found, trusted or loaded (exit code 2).
package struct PluginError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
