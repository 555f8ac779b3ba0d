/// What a plugin said of one record, once its worker has held the answer against the contract.
package enum PluginAnswer: Sendable, Hashable {
  /// The kind of the frame that carries it back.
  package static let frameKind: UInt8 = 6

  /// A measurement's values, one for each declared output.
  case values([Value])
  /// An invariant's findings; none if nothing is wrong.
  case findings([PluginFinding])
  /// There is nothing to say of the record.
  case notApplicable(String)
  /// The plugin refused, or broke the contract; why.
  case failed(String)
}

/// One thing that an invariant found wrong with a record.
package struct PluginFinding: Sendable, Hashable {
  /// Without the plugin's id.
  package var code: String
  package var expected: String
  package var found: String

  package init(code: String, expected: String, found: String) {
    self.code = code
    self.expected = expected
    self.found = found
  }
}
