/// How a feature's values are to be counted and compared.
package enum FeatureKind: String, Sendable, Hashable, CaseIterable {
  /// A whole number with an order.
  case integer
  /// A real number.
  case real
  /// A word from a set, or a number that is only a name.
  case category
  /// True or false.
  case flag
  /// A digest that identifies content: kept in rows and samples, never sketched.
  case identity
}

/// Where a built-in feature comes from, and so which outcomes can have it.
package enum FeatureOrigin: String, Sendable, Hashable {
  /// Bytes and headers: known even of many broken images.
  case header
  /// Pixels: known only when they came out.
  case pixels
}

/// Name, unit and range of one feature: the same in rules, SQL, slices, drift, profiles and rows.
package struct FeatureDefinition: Sendable, Hashable {
  /// The bare name; the full name of a built-in is `image.NAME`.
  package var name: String
  package var kind: FeatureKind
  package var origin: FeatureOrigin
  /// The unit, empty for a pure number or a word.
  package var unit: String
  /// The range or the words it can take, for people.
  package var range: String
  /// One sentence.
  package var summary: String
}
