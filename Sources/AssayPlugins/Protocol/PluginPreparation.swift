/// Which loaded plugin is to be made ready for records, and with which parameters.
package struct PluginPreparation: Sendable, Codable {
  package var id: String
  /// One value for each declared parameter, in their order.
  package var parameters: [Double]

  package init(id: String, parameters: [Double]) {
    self.id = id
    self.parameters = parameters
  }
}
