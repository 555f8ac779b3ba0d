/// A record whose two sides disagree in a feature, with both values.
package struct SkewExample: Sendable, Hashable {
  /// What both sides were matched by: the key, or the value of the field, for people.
  package var join: String
  package var reference: Locator
  package var current: Locator
  package var referenceValue: Value
  package var currentValue: Value

  /// Long texts are cut.
  package init(
    join: String, reference: Locator, current: Locator, referenceValue: Value, currentValue: Value
  ) {
    self.join = join
    self.reference = reference
    self.current = current
    self.referenceValue = Self.cut(referenceValue)
    self.currentValue = Self.cut(currentValue)
  }

  /// Unicode scalars of a text that are kept.
  private static let mostScalars = 200

  private static func cut(_ value: Value) -> Value {
    guard case .text(let text) = value, text.unicodeScalars.count > mostScalars else { return value }
    return .text(String(text.unicodeScalars.prefix(mostScalars)) + "...")
  }
}
